import { and, eq, sql, type SQL } from 'drizzle-orm'
import { clusters, revisions, workitemHistory, workitems } from '#drizzle/schema.ts'
import type { FinishedWorkitem, Workitem } from '#lib/domain/workitem.ts'
import type { NamespaceScope } from '../access/verb.ts'
import type { ListColumns, ListPlan } from '../resources/list-rows.ts'
import { withoutPins } from '../installations/without-pins.ts'

type WorkitemRow = typeof workitems.$inferSelect
type HistoryRow = typeof workitemHistory.$inferSelect

export const workitemColumns: ListColumns = {
  _id: { column: workitems.id, type: 'number' },
  requestId: { column: workitems.requestId, type: 'uuid' },
  clusterName: { column: clusters.name, type: 'text' },
  installationName: { column: workitems.installationName, type: 'text' },
  operation: { column: workitems.operation, type: 'text' },
  status: { column: workitems.status, type: 'text' },
  revision: { column: workitems.revision, type: 'number' },
  timestamp: { column: workitems.changedAt, type: 'moment' },
  requestedAt: { column: workitems.requestedAt, type: 'moment', order: workitems.id },
  requestedBy: { column: workitems.requestedBy, type: 'text' },
  attempts: { column: workitems.attempts, type: 'number' },
  leaseExpiresAt: { column: workitems.leaseExpiresAt, type: 'moment' },
}

export const historyColumns: ListColumns = {
  _id: { column: workitemHistory.id, type: 'number' },
  requestId: { column: workitemHistory.requestId, type: 'uuid' },
  clusterName: { column: workitemHistory.clusterName, type: 'text' },
  installationName: { column: workitemHistory.installationName, type: 'text' },
  operation: { column: workitemHistory.operation, type: 'text' },
  status: { column: workitemHistory.status, type: 'text' },
  revision: { column: workitemHistory.revision, type: 'number' },
  timestamp: { column: workitemHistory.finishedAt, type: 'moment' },
  finishedAt: { column: workitemHistory.finishedAt, type: 'moment' },
  requestedAt: { column: workitemHistory.requestedAt, type: 'moment', order: workitemHistory.id },
  requestedBy: { column: workitemHistory.requestedBy, type: 'text' },
  attempts: { column: workitemHistory.attempts, type: 'number' },
}

/** Counted no further: beyond it nobody minds the exact place, and a list stays as fast as an empty one. */
export const countedPlaces = 1000

const placeInQueue = sql<number | null>`case when ${workitems.status} = 'REQUESTED' then (
  select count(*)::int from (
    select 1 from ${workitems} as ahead
    where ahead.namespace_id = ${workitems.namespaceId}
      and ahead.cluster_id = ${workitems.clusterId}
      and ahead.status = 'REQUESTED'
      and ahead.id < ${workitems.id}
    limit ${countedPlaces}
  ) as counted
) end`

/** The workitems a condition holds for, as answers. The request's config is left to `get`: it is large. */
export async function readWorkitems(
  scope: NamespaceScope,
  where: SQL | undefined,
  plan?: Omit<ListPlan, 'where'>,
): Promise<Workitem[]> {
  const query = scope.tx
    .select({ row: workitems, clusterName: clusters.name, placeInQueue })
    .from(workitems)
    .innerJoin(clusters, eq(clusters.id, workitems.clusterId))
    .where(scope.in(workitems, where))
  const found = await (plan
    ? query
        .orderBy(...plan.orderBy)
        .limit(plan.limit)
        .offset(plan.offset)
    : query)
  return found.map(({ row, clusterName, placeInQueue }) => toWorkitem(row, clusterName, placeInQueue))
}

function toWorkitem(row: WorkitemRow, clusterName: string, placeInQueue: number | null): Workitem {
  return {
    ...toCommonPart(row, clusterName),
    timestamp: row.changedAt.toISOString(),
    cancellable: row.status === 'REQUESTED' && row.firstClaimedAt === null,
    leaseExpiresAt: row.leaseExpiresAt?.toISOString() ?? null,
    placeInQueue,
  }
}

export function toFinishedWorkitem(row: HistoryRow): FinishedWorkitem {
  return {
    ...toCommonPart(row, row.clusterName),
    timestamp: row.finishedAt.toISOString(),
    finishedAt: row.finishedAt.toISOString(),
    result: row.result,
  }
}

/** What a repeated request is answered when its item is finished already. */
export function toWorkitemOfHistory(row: HistoryRow): Workitem {
  return {
    ...toCommonPart(row, row.clusterName),
    timestamp: row.finishedAt.toISOString(),
    cancellable: false,
    leaseExpiresAt: null,
    placeInQueue: null,
  }
}

function toCommonPart(row: WorkitemRow | HistoryRow, clusterName: string) {
  return {
    _id: String(row.id),
    requestId: row.requestId,
    clusterName,
    installationName: row.installationName,
    operation: row.operation,
    status: row.status,
    revision: row.revision,
    requestedAt: row.requestedAt.toISOString(),
    requestedBy: row.requestedBy,
    request: {
      name: row.installationName,
      k8sNamespace: row.request.k8sNamespace,
      ...(row.request.deleteVolumes === undefined ? {} : { deleteVolumes: row.request.deleteVolumes }),
    },
    ancillaries: row.ancillaries,
    attempts: row.attempts,
    progress: row.progress,
    error: row.error,
  }
}

/** Adds to a deploy's request the config asked for, secret values as references, while its revision is kept. */
export async function withConfig<Item extends Workitem | FinishedWorkitem>(
  scope: NamespaceScope,
  item: Item,
  installationId: string | null,
): Promise<Item> {
  if (item.operation !== 'deploy' || item.revision === null || installationId === null) return item
  const [found] = await scope.tx
    .select({ config: revisions.config })
    .from(revisions)
    .where(
      scope.in(
        revisions,
        and(eq(revisions.installationId, installationId), eq(revisions.revision, item.revision)),
      ),
    )
  return found ? { ...item, request: { ...item.request, config: withoutPins(found.config) } } : item
}
