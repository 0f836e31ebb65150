import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { clusters, installations, workitems } from '#drizzle/schema.ts'
import type { Operation, Workitem, WorkitemRequest } from '#lib/domain/workitem.ts'
import { describeActor } from '../access/actor.ts'
import type { ChangeScope } from '../access/verb.ts'
import { passOverRevisions } from '../installations/pass-over-revisions.ts'
import { insertStatement } from './sql/insert.ts'
import { supersedeCondition } from './sql/supersede.ts'
import { moveToHistoryStatement } from './sql/move-to-history.ts'
import { readWorkitems } from './to-workitem.ts'

type Moved = { id: string; request_id: string; operation: Operation; revision: number | null }

/**
 * A newer deploy or undeploy takes the place of what waits behind it and was never claimed: those items go to the
 * history as SUPERSEDED, revisions among them are passed over. Answers their requestIds.
 */
export async function supersedeWaiting(
  scope: ChangeScope,
  installationId: string,
  operation: 'deploy' | 'undeploy',
): Promise<string[]> {
  const moved = await scope.tx.execute<Moved>(
    moveToHistoryStatement(supersedeCondition(installationId, operation), { status: 'SUPERSEDED' }),
  )
  await passOverRevisions(
    scope,
    installationId,
    moved.rows.flatMap((item) =>
      item.operation === 'deploy' && item.revision !== null ? [item.revision] : [],
    ),
  )
  return moved.rows.map((item) => item.request_id)
}

/**
 * Puts an operation at the end of its installation's queue and counts it. The caller holds the installation's row;
 * the cluster's row is taken last, because every operation of the cluster passes it.
 */
export async function enqueueWorkitem(
  scope: ChangeScope,
  item: {
    clusterId: string
    installationId: string
    installationName: string
    operation: Operation
    revision: number
    request: WorkitemRequest
    requestId: string | undefined
  },
): Promise<Workitem> {
  const requestId = item.requestId ?? randomUUID()
  await scope.tx.execute(
    insertStatement({
      ...item,
      requestId,
      namespaceId: scope.namespaceId,
      requestedBy: describeActor(scope.actor),
    }),
  )
  await scope.tx
    .update(clusters)
    .set({ lifecycleOperationCount: sql`${clusters.lifecycleOperationCount} + 1` })
    .where(scope.in(clusters, eq(clusters.id, item.clusterId)))
  const [workitem] = await readWorkitems(scope, eq(workitems.requestId, requestId))
  if (!workitem) throw new Error('an item just written is not there')
  return workitem
}

/** Makes everybody who changes the installation of this name wait, also while it does not exist yet. */
export async function lockInstallationName(scope: ChangeScope, name: string) {
  await scope.tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`installation ${scope.namespaceId} ${name}`}, 0))`,
  )
  const [row] = await scope.tx
    .select()
    .from(installations)
    .where(scope.in(installations, eq(installations.name, name)))
    .for('update')
  return row
}
