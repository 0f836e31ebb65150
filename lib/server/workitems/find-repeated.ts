import { eq, sql } from 'drizzle-orm'
import { workitemHistory, workitems } from '#drizzle/schema.ts'
import type { Workitem } from '#lib/domain/workitem.ts'
import type { ChangeScope } from '../access/verb.ts'
import { readWorkitems, toWorkitemOfHistory } from './to-workitem.ts'

/** Thrown to leave a transaction without effect: the request was accepted before, as this item. */
export class RequestRepeated extends Error {
  readonly workitem: Workitem

  constructor(workitem: Workitem) {
    super('the request was accepted before')
    this.workitem = workitem
  }
}

/** Runs a verb that accepts a request; a request that was accepted before is answered with its first item. */
export async function answerRepeated(work: () => Promise<Workitem>): Promise<Workitem> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof RequestRepeated) return error.workitem
    throw error
  }
}

/**
 * Throws RequestRepeated when the namespace has an item of this id, in the queue or in the history. Two requests of
 * one id wait for each other here, so the second sees the first.
 */
export async function refuseRepeated(scope: ChangeScope, requestId: string): Promise<void> {
  await scope.tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`request ${scope.namespaceId} ${requestId.toLowerCase()}`}, 0))`,
  )
  // First the queue, then the history: an item that moves in between is found in the second.
  const [waiting] = await readWorkitems(scope, eq(workitems.requestId, requestId))
  if (waiting) throw new RequestRepeated(waiting)
  const [finished] = await scope.tx
    .select()
    .from(workitemHistory)
    .where(scope.in(workitemHistory, eq(workitemHistory.requestId, requestId)))
  if (finished) throw new RequestRepeated(toWorkitemOfHistory(finished))
}
