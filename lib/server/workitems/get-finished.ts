import { eq } from 'drizzle-orm'
import { workitemHistory } from '#drizzle/schema.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { FinishedWorkitem } from '#lib/domain/workitem.ts'
import type { Actor } from '../access/actor.ts'
import { readInNamespace } from '../access/verb.ts'
import { isUuid } from '../resources/list-rows.ts'
import { toFinishedWorkitem, withConfig } from './to-workitem.ts'

/** One item that has left the queue. */
export function getFinishedWorkitem(
  actor: Actor,
  namespace: string,
  requestId: string,
): Promise<FinishedWorkitem> {
  return readInNamespace(actor, namespace, 'read', async (scope) => {
    if (!isUuid(requestId)) throw notFound('k8sworkitemhistory', { requestId })
    const [row] = await scope.tx
      .select()
      .from(workitemHistory)
      .where(scope.in(workitemHistory, eq(workitemHistory.requestId, requestId)))
    if (!row) throw notFound('k8sworkitemhistory', { requestId })
    return withConfig(scope, toFinishedWorkitem(row), row.installationId)
  })
}
