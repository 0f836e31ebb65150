import { eq } from 'drizzle-orm'
import { clusters } from '#drizzle/schema.ts'
import { ClusterUpdate, type Cluster } from '#lib/domain/cluster.ts'
import type { Actor } from '../access/actor.ts'
import { changeInNamespace } from '../access/verb.ts'
import { parseInput } from '../resources/parse-input.ts'
import { findCluster } from './find-cluster.ts'

/**
 * Changes where the cluster's Ingresses point; installations take it over with their next deploy. Answers only what
 * is different now.
 */
export function updateCluster(
  actor: Actor,
  namespace: string,
  name: string,
  input: unknown,
): Promise<Partial<Cluster>> {
  return changeInNamespace(actor, namespace, async (scope) => {
    const row = await findCluster(scope, name, 'update')
    const given = parseInput(ClusterUpdate, input)
    const changed: Pick<Partial<Cluster>, 'ingressDefaultNode' | 'ingressClassName'> = {}
    if (given.ingressDefaultNode !== undefined && given.ingressDefaultNode !== row.ingressDefaultNode) {
      changed.ingressDefaultNode = given.ingressDefaultNode
    }
    if (given.ingressClassName !== undefined && given.ingressClassName !== row.ingressClassName) {
      changed.ingressClassName = given.ingressClassName
    }
    if (Object.keys(changed).length > 0) {
      await scope.tx
        .update(clusters)
        .set(changed)
        .where(scope.in(clusters, eq(clusters.id, row.id)))
    }
    return {
      result: changed,
      audit: { action: 'cluster.update', subject: name, detail: changed },
      changes: [{ noun: 'cluster' }],
    }
  })
}
