import { count, inArray } from 'drizzle-orm'
import { clusters, installations, workitems } from '#drizzle/schema.ts'
import type { Cluster } from '#lib/domain/cluster.ts'
import type { NamespaceScope } from '../access/verb.ts'
import type { ListColumns } from '../resources/list-rows.ts'

export type ClusterRow = typeof clusters.$inferSelect

export const clusterColumns: ListColumns = {
  _id: { column: clusters.id, type: 'uuid' },
  name: { column: clusters.name, type: 'text' },
  ingressDefaultNode: { column: clusters.ingressDefaultNode, type: 'text' },
  ingressClassName: { column: clusters.ingressClassName, type: 'text' },
  lifecycleOperationCount: { column: clusters.lifecycleOperationCount, type: 'number' },
  simulated: { column: clusters.simulated, type: 'boolean' },
  workerLastSeen: { column: clusters.workerLastSeen, type: 'moment' },
  workerVersion: { column: clusters.workerVersion, type: 'text' },
  workerMode: { column: clusters.workerMode, type: 'text' },
  k8sVersion: { column: clusters.k8sVersion, type: 'text' },
}

/** Maps rows to answers, with what each cluster holds: two queries for all of them. */
export async function toClusters(scope: NamespaceScope, rows: ClusterRow[]): Promise<Cluster[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const installed = await scope.tx
    .select({ clusterId: installations.clusterId, status: installations.status, count: count() })
    .from(installations)
    .where(scope.in(installations, inArray(installations.clusterId, ids)))
    .groupBy(installations.clusterId, installations.status)
  const queued = await scope.tx
    .select({ clusterId: workitems.clusterId, count: count() })
    .from(workitems)
    .where(
      scope.in(
        workitems,
        inArray(workitems.clusterId, ids),
        inArray(workitems.status, ['REQUESTED', 'PENDING']),
      ),
    )
    .groupBy(workitems.clusterId)
  return rows.map((row) => ({
    _id: row.id,
    name: row.name,
    ingressDefaultNode: row.ingressDefaultNode,
    ingressClassName: row.ingressClassName,
    lifecycleOperationCount: row.lifecycleOperationCount,
    simulated: row.simulated,
    workerLastSeen: row.workerLastSeen?.toISOString() ?? null,
    workerVersion: row.workerVersion,
    workerMode: row.workerMode,
    k8sVersion: row.k8sVersion,
    k8sNamespaces: row.k8sNamespaces,
    installationsByStatus: Object.fromEntries(
      installed.filter((group) => group.clusterId === row.id).map((group) => [group.status, group.count]),
    ),
    queueLength: queued.find((group) => group.clusterId === row.id)?.count ?? 0,
  }))
}
