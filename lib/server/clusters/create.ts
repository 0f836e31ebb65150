import { clusters } from '#drizzle/schema.ts'
import { ClusterInput, type Cluster } from '#lib/domain/cluster.ts'
import { defaultIngressNode } from '#lib/domain/ingress-node.ts'
import { conflict } from '#lib/domain/errors.ts'
import type { Actor } from '../access/actor.ts'
import { describeActor } from '../access/actor.ts'
import { changeInNamespace } from '../access/verb.ts'
import { parseInput } from '../resources/parse-input.ts'
import { toClusters } from './to-cluster.ts'

/** Records a K8s Cluster; nothing is contacted. Its ingress node gets a default when none is given. */
export function createCluster(actor: Actor, namespace: string, input: unknown): Promise<Cluster> {
  return changeInNamespace(actor, namespace, async (scope) => {
    const given = parseInput(ClusterInput, input)
    const rows = await scope.tx
      .insert(clusters)
      .values({
        namespaceId: scope.namespaceId,
        name: given.name,
        ingressDefaultNode: given.ingressDefaultNode ?? defaultIngressNode(given.name),
        ingressClassName: given.ingressClassName ?? null,
        createdBy: describeActor(actor),
      })
      .onConflictDoNothing({ target: [clusters.namespaceId, clusters.name] })
      .returning()
    const [cluster] = await toClusters(scope, rows)
    if (!cluster) throw conflict(`A cluster '${given.name}' exists in namespace '${namespace}' already.`)
    return {
      result: cluster,
      audit: {
        action: 'cluster.create',
        subject: cluster.name,
        detail: {
          ingressDefaultNode: cluster.ingressDefaultNode,
          ingressClassName: cluster.ingressClassName,
        },
      },
      changes: [{ noun: 'cluster' }],
    }
  })
}
