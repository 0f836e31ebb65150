import { count } from 'drizzle-orm'
import { clusters } from '#drizzle/schema.ts'
import type { Cluster } from '#lib/domain/cluster.ts'
import type { ListQuery, Page } from '#lib/domain/list-query.ts'
import type { Actor } from '../access/actor.ts'
import { readInNamespace } from '../access/verb.ts'
import { pickProps, planList } from '../resources/list-rows.ts'
import { clusterColumns, toClusters } from './to-cluster.ts'

const otherProps = ['k8sNamespaces', 'installationsByStatus', 'queueLength']

export function listClusters(actor: Actor, namespace: string, query: ListQuery): Promise<Page<Cluster>> {
  return readInNamespace(actor, namespace, 'read', async (scope) => {
    const plan = planList(clusterColumns, query, {
      defaultSort: { name: 1 },
      tieBreaker: clusters.id,
      otherProps,
    })
    const where = scope.in(clusters, plan.where)
    const rows = await scope.tx
      .select()
      .from(clusters)
      .where(where)
      .orderBy(...plan.orderBy)
      .limit(plan.limit)
      .offset(plan.offset)
    const page = { rows: pickProps(await toClusters(scope, rows), query) }
    if (!query.count) return page
    const [counted] = await scope.tx.select({ total: count() }).from(clusters).where(where)
    return { ...page, total: counted?.total ?? 0 }
  })
}
