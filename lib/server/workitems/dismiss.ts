import { sql } from 'drizzle-orm'
import { conflict } from '#lib/domain/errors.ts'
import type { FinishedWorkitem } from '#lib/domain/workitem.ts'
import type { Actor } from '../access/actor.ts'
import { changeInNamespace } from '../access/verb.ts'
import { readFinished } from './cancel.ts'
import { lockWorkitem } from './lock-workitem.ts'
import { moveToHistoryStatement } from './sql/move-to-history.ts'

/** Moves a FAILED or INVALID item to the history as it is. The installation's state stays: it is still true. */
export function dismissWorkitem(
  actor: Actor,
  namespace: string,
  requestId: string,
): Promise<FinishedWorkitem> {
  return changeInNamespace(actor, namespace, async (scope) => {
    const item = await lockWorkitem(scope, requestId)
    const moved = await scope.tx.execute(
      moveToHistoryStatement(sql`item.id = ${item.id} and item.status in ('FAILED', 'INVALID')`, {
        status: null,
      }),
    )
    if (moved.rows.length === 0) {
      throw conflict(
        `Workitem ${requestId} is ${item.status}; only a FAILED or INVALID one can be dismissed.`,
      )
    }
    return {
      result: await readFinished(scope, requestId),
      audit: {
        action: 'workitem.dismiss',
        subject: requestId,
        detail: { operation: item.operation, installation: item.installationName, status: item.status },
      },
      changes: [{ noun: 'workitem' }],
    }
  })
}
