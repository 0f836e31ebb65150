import { count } from 'drizzle-orm'
import { workitemHistory } from '#drizzle/schema.ts'
import type { ListQuery, Page } from '#lib/domain/list-query.ts'
import type { FinishedWorkitem } from '#lib/domain/workitem.ts'
import type { Actor } from '../access/actor.ts'
import { readInNamespace } from '../access/verb.ts'
import { pickProps, planList } from '../resources/list-rows.ts'
import { historyColumns, toFinishedWorkitem } from './to-workitem.ts'

const otherProps = ['request', 'ancillaries', 'progress', 'error', 'result']

/** What has left the queue, the newest first. */
export function listWorkitemHistory(
  actor: Actor,
  namespace: string,
  query: ListQuery,
): Promise<Page<FinishedWorkitem>> {
  return readInNamespace(actor, namespace, 'read', async (scope) => {
    const plan = planList(historyColumns, query, {
      defaultSort: { _id: -1 },
      tieBreaker: workitemHistory.id,
      otherProps,
    })
    const where = scope.in(workitemHistory, plan.where)
    const rows = await scope.tx
      .select()
      .from(workitemHistory)
      .where(where)
      .orderBy(...plan.orderBy)
      .limit(plan.limit)
      .offset(plan.offset)
    const page = { rows: pickProps(rows.map(toFinishedWorkitem), query) }
    if (!query.count) return page
    const [counted] = await scope.tx.select({ total: count() }).from(workitemHistory).where(where)
    return { ...page, total: counted?.total ?? 0 }
  })
}
