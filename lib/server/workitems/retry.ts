import { and, eq, gt, inArray, isNotNull } from 'drizzle-orm'
import { workitemHistory, workitems } from '#drizzle/schema.ts'
import { conflict } from '#lib/domain/errors.ts'
import type { Workitem } from '#lib/domain/workitem.ts'
import type { Actor } from '../access/actor.ts'
import { changeInNamespace, type ChangeScope } from '../access/verb.ts'
import { letNextRun } from './finish.ts'
import { lockWorkitem } from './lock-workitem.ts'
import { retryStatement, stepBackStatement } from './sql/retry.ts'
import { readWorkitems } from './to-workitem.ts'

/**
 * Puts a FAILED item back at its old place in its installation's queue. Refused once a newer item of the installation
 * was claimed: it would undo what came after it.
 */
export function retryWorkitem(actor: Actor, namespace: string, requestId: string): Promise<Workitem> {
  return changeInNamespace(actor, namespace, async (scope) => {
    const item = await lockWorkitem(scope, requestId)
    if (item.status !== 'FAILED') {
      throw conflict(`Workitem ${requestId} is ${item.status}; only a FAILED one can be retried.`)
    }
    if (item.installationId === null) {
      throw conflict(`Installation '${item.installationName}' is gone; the workitem can only be dismissed.`)
    }
    // Those that wait step back first, so that none is claimed between this look and the end of the transaction.
    await scope.tx.execute(stepBackStatement(item.installationId))
    if (await wasNewerClaimed(scope, item.installationId, item.installationName, item.id)) {
      throw conflict(
        `A newer operation on installation '${item.installationName}' was claimed already; ask for the operation anew.`,
      )
    }
    await scope.tx.execute(retryStatement(item.id))
    await letNextRun(scope, item.installationId)
    const [workitem] = await readWorkitems(scope, eq(workitems.id, item.id))
    if (!workitem) throw new Error('an item just retried is not there')
    return {
      result: workitem,
      audit: {
        action: 'workitem.retry',
        subject: requestId,
        detail: { operation: item.operation, installation: item.installationName },
      },
      changes: [{ noun: 'workitem', wakeClusterId: item.clusterId }, { noun: 'installation' }],
    }
  })
}

async function wasNewerClaimed(
  scope: ChangeScope,
  installationId: string,
  installationName: string,
  id: number,
): Promise<boolean> {
  const [waiting] = await scope.tx
    .select({ id: workitems.id })
    .from(workitems)
    .where(
      scope.in(
        workitems,
        and(
          eq(workitems.installationId, installationId),
          gt(workitems.id, id),
          isNotNull(workitems.firstClaimedAt),
        ),
      ),
    )
    .limit(1)
  if (waiting) return true
  const [finished] = await scope.tx
    .select({ id: workitemHistory.id })
    .from(workitemHistory)
    .where(
      scope.in(
        workitemHistory,
        and(
          eq(workitemHistory.installationName, installationName),
          eq(workitemHistory.installationId, installationId),
          gt(workitemHistory.id, id),
          inArray(workitemHistory.status, ['SUCCEEDED', 'FAILED', 'INVALID']),
        ),
      ),
    )
    .limit(1)
  return finished !== undefined
}
