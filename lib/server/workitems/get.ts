import { eq } from 'drizzle-orm'
import { workitems } from '#drizzle/schema.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { Workitem } from '#lib/domain/workitem.ts'
import type { Actor } from '../access/actor.ts'
import { readInNamespace } from '../access/verb.ts'
import { isUuid } from '../resources/list-rows.ts'
import { readWorkitems, withConfig } from './to-workitem.ts'

/** One item that is still in the queue; one that has left it is not found here but in the history. */
export function getWorkitem(actor: Actor, namespace: string, requestId: string): Promise<Workitem> {
  return readInNamespace(actor, namespace, 'read', async (scope) => {
    if (!isUuid(requestId)) throw notFound('k8sworkitems', { requestId })
    const [item] = await readWorkitems(scope, eq(workitems.requestId, requestId))
    if (!item) throw notFound('k8sworkitems', { requestId })
    const [row] = await scope.tx
      .select({ installationId: workitems.installationId })
      .from(workitems)
      .where(scope.in(workitems, eq(workitems.requestId, requestId)))
    return withConfig(scope, item, row?.installationId ?? null)
  })
}
