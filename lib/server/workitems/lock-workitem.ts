import { eq } from 'drizzle-orm'
import { workitems } from '#drizzle/schema.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { ChangeScope } from '../access/verb.ts'
import { lockInstallation } from '../installations/lock-installation.ts'
import { isUuid } from '../resources/list-rows.ts'

/** An item in the queue, with its installation's row held; not found when it has left the queue. */
export async function lockWorkitem(scope: ChangeScope, requestId: string) {
  if (!isUuid(requestId)) throw notFound('k8sworkitems', { requestId })
  const read = () =>
    scope.tx
      .select()
      .from(workitems)
      .where(scope.in(workitems, eq(workitems.requestId, requestId)))
  const [seen] = await read()
  if (seen?.installationId) await lockInstallation(scope, seen.installationId)
  const [row] = await read()
  if (!row) throw notFound('k8sworkitems', { requestId })
  return row
}
