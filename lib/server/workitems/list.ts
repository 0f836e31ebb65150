import { count, eq } from 'drizzle-orm'
import { clusters, workitems } from '#drizzle/schema.ts'
import type { ListQuery, Page } from '#lib/domain/list-query.ts'
import type { Workitem } from '#lib/domain/workitem.ts'
import type { Actor } from '../access/actor.ts'
import { readInNamespace } from '../access/verb.ts'
import { pickProps, planList } from '../resources/list-rows.ts'
import { readWorkitems, workitemColumns } from './to-workitem.ts'

const otherProps = ['request', 'ancillaries', 'cancellable', 'progress', 'error', 'placeInQueue']

/** What has not left the queue yet, in its order: REQUESTED, PENDING, FAILED and INVALID items. */
export function listWorkitems(actor: Actor, namespace: string, query: ListQuery): Promise<Page<Workitem>> {
  return readInNamespace(actor, namespace, 'read', async (scope) => {
    const plan = planList(workitemColumns, query, {
      defaultSort: { _id: 1 },
      tieBreaker: workitems.id,
      otherProps,
    })
    const page = { rows: pickProps(await readWorkitems(scope, plan.where, plan), query) }
    if (!query.count) return page
    const [counted] = await scope.tx
      .select({ total: count() })
      .from(workitems)
      .innerJoin(clusters, eq(clusters.id, workitems.clusterId))
      .where(scope.in(workitems, plan.where))
    return { ...page, total: counted?.total ?? 0 }
  })
}
