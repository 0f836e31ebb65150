import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import { clusters } from '#drizzle/schema.ts'
import type { WorkerDescription } from '#lib/protocol/messages.ts'
import { openQueueScope } from '../access/queue-scope.ts'
import { getDatabase } from '../database/database.ts'
import { announce } from '../events/announce.ts'

const staleAfter = sql`interval '4 seconds'`
const isStale = or(
  isNull(clusters.workerLastSeen),
  lt(clusters.workerLastSeen, sql`clock_timestamp() - ${staleAfter}`),
)

/** Notes that the worker was there, and what it says of itself; writes only what is new, or after some seconds. */
export async function noteWorker(
  cluster: { id: string; namespaceId: string },
  worker: WorkerDescription,
): Promise<void> {
  const told = {
    workerVersion: worker.version,
    workerMode: worker.mode,
    k8sVersion: worker.k8sVersion,
    k8sNamespaces: worker.k8sNamespaces,
  }
  const differs = or(
    sql`${clusters.workerVersion} is distinct from ${told.workerVersion}`,
    sql`${clusters.workerMode} is distinct from ${told.workerMode}`,
    sql`${clusters.k8sVersion} is distinct from ${told.k8sVersion}`,
    sql`${clusters.k8sNamespaces} is distinct from ${sql.param(told.k8sNamespaces, clusters.k8sNamespaces)}::text[]`,
  )
  const scope = openQueueScope(getDatabase(), cluster.namespaceId)
  const noted = await scope.tx
    .update(clusters)
    .set({ ...told, workerLastSeen: sql`clock_timestamp()` })
    .where(scope.in(clusters, eq(clusters.id, cluster.id), or(isStale, differs)))
    .returning({ id: clusters.id })
  if (noted.length > 0) announce({ namespaceId: cluster.namespaceId, noun: 'cluster' })
}

/** Notes that the workers of these clusters are still there. */
export async function noteWorkersPresent(clusterIds: readonly string[]): Promise<void> {
  if (clusterIds.length === 0) return
  const noted = await getDatabase()
    .update(clusters)
    .set({ workerLastSeen: sql`clock_timestamp()` })
    .where(and(inArray(clusters.id, [...clusterIds]), isStale))
    .returning({ namespaceId: clusters.namespaceId })
  for (const namespaceId of new Set(noted.map((row) => row.namespaceId))) {
    announce({ namespaceId, noun: 'cluster' })
  }
}
