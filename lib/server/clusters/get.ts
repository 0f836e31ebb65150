import { notFound } from '#lib/domain/errors.ts'
import type { Cluster } from '#lib/domain/cluster.ts'
import type { Actor } from '../access/actor.ts'
import { readInNamespace } from '../access/verb.ts'
import { findCluster } from './find-cluster.ts'
import { toClusters } from './to-cluster.ts'

export function getCluster(actor: Actor, namespace: string, name: string): Promise<Cluster> {
  return readInNamespace(actor, namespace, 'read', async (scope) => {
    const [cluster] = await toClusters(scope, [await findCluster(scope, name)])
    if (!cluster) throw notFound('k8sclusters', { name })
    return cluster
  })
}
