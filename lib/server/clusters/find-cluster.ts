import { eq } from 'drizzle-orm'
import { clusters } from '#drizzle/schema.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { NamespaceScope } from '../access/verb.ts'
import type { ClusterRow } from './to-cluster.ts'

/**
 * The row of a cluster by name; not found otherwise. With `key share` it cannot be deleted before this
 * transaction ends, with `update` nobody else can touch it.
 */
export async function findCluster(
  scope: NamespaceScope,
  name: string,
  lock?: 'key share' | 'update',
): Promise<ClusterRow> {
  const query = scope.tx
    .select()
    .from(clusters)
    .where(scope.in(clusters, eq(clusters.name, name)))
  const [row] = await (lock ? query.for(lock) : query)
  if (!row) throw notFound('k8sclusters', { name })
  return row
}
