import { eq, sql } from 'drizzle-orm'
import { workitemHistory } from '#drizzle/schema.ts'
import { conflict } from '#lib/domain/errors.ts'
import type { FinishedWorkitem } from '#lib/domain/workitem.ts'
import type { Actor } from '../access/actor.ts'
import { changeInNamespace, type ChangeScope } from '../access/verb.ts'
import { passOverRevisions } from '../installations/pass-over-revisions.ts'
import { letNextRun } from './finish.ts'
import { lockWorkitem } from './lock-workitem.ts'
import { moveToHistoryStatement } from './sql/move-to-history.ts'
import { toFinishedWorkitem } from './to-workitem.ts'

/**
 * Takes back an item no worker ever claimed. A cancelled deploy's revision is passed over; the installation is again
 * what the rest of its queue and its last operation make it, and gone when this was the first thing ever asked.
 */
export function cancelWorkitem(
  actor: Actor,
  namespace: string,
  requestId: string,
): Promise<FinishedWorkitem> {
  return changeInNamespace(actor, namespace, async (scope) => {
    const item = await lockWorkitem(scope, requestId)
    if (item.status === 'FAILED' || item.status === 'INVALID') {
      throw conflict(`Workitem ${requestId} is ${item.status} and waits for nothing; dismiss it instead.`)
    }
    const moved = await scope.tx.execute(
      moveToHistoryStatement(
        sql`item.id = ${item.id} and item.status = 'REQUESTED' and item.first_claimed_at is null`,
        { status: 'CANCELLED' },
      ),
    )
    if (moved.rows.length === 0) {
      throw conflict(
        `Workitem ${requestId} was claimed by a worker already, and cannot be cancelled any more.`,
      )
    }
    if (item.installationId !== null) {
      if (item.operation === 'deploy' && item.revision !== null) {
        await passOverRevisions(scope, item.installationId, [item.revision])
      }
      await letNextRun(scope, item.installationId)
    }
    return {
      result: await readFinished(scope, requestId),
      audit: {
        action: 'workitem.cancel',
        subject: requestId,
        detail: { operation: item.operation, installation: item.installationName },
      },
      changes: [{ noun: 'workitem', wakeClusterId: item.clusterId }, { noun: 'installation' }],
    }
  })
}

export async function readFinished(scope: ChangeScope, requestId: string): Promise<FinishedWorkitem> {
  const [row] = await scope.tx
    .select()
    .from(workitemHistory)
    .where(scope.in(workitemHistory, eq(workitemHistory.requestId, requestId)))
  if (!row) throw new Error('an item just finished is not in the history')
  return toFinishedWorkitem(row)
}
