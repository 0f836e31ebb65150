import { desc, eq, inArray, sql } from 'drizzle-orm'
import { installations, secretValues, workitems } from '#drizzle/schema.ts'
import {
  describeTrouble,
  isAllReady,
  nextInstallationStatus,
  type InstallationStatus,
} from '#lib/domain/installation.ts'
import type { Operation } from '#lib/domain/workitem.ts'
import type { QueueScope } from '../access/queue-scope.ts'
import { secretOwner } from '../secrets/seal.ts'
import { lastExecutedStatement, type LastExecuted } from '../workitems/sql/last-executed.ts'
import { moveToHistoryStatement } from '../workitems/sql/move-to-history.ts'

/**
 * Brings an installation's state in line with its queue, whatever happened to that: what was asked for last counts
 * while it is outstanding, else what was performed last. One that nothing was ever performed for, or that was
 * undeployed, is removed. The caller holds the installation's row.
 */
export async function settleInstallation(scope: QueueScope, installationId: string): Promise<void> {
  const [row] = await scope.tx
    .select()
    .from(installations)
    .where(scope.in(installations, eq(installations.id, installationId)))
  if (!row) return
  const newest = await findNewestOutstanding(scope, installationId)
  if (newest) {
    const running = newest.operation === 'deploy' || newest.operation === 'restart'
    await save(scope, installationId, {
      status: nextInstallationStatus(row.status, { type: `${newest.operation}Requested` }),
      statusReason: newest.status === 'PENDING' && running ? describeTrouble(row.observed) : null,
      wantsRunning: running,
    })
    return
  }

  const executed = await scope.tx.execute<LastExecuted>(lastExecutedStatement(installationId))
  const [last] = executed.rows
  if (!last || (last.operation === 'undeploy' && last.status === 'SUCCEEDED')) {
    await removeInstallation(scope, installationId)
    return
  }
  const wantsRunning = last.operation === 'deploy' || last.operation === 'restart'
  const allReady = row.observed !== null && isAllReady(row.observed, row.replicaCount)
  if (last.status !== 'SUCCEEDED') {
    const status =
      allReady && last.observed_since
        ? nextInstallationStatus('FAILED', { type: 'observed', allReady })
        : nextInstallationStatus(row.status, { type: 'operationFailed' })
    const statusReason = status === 'FAILED' ? (last.error?.message ?? null) : null
    await save(scope, installationId, { status, statusReason, wantsRunning })
    return
  }
  const status = wantsRunning
    ? nextInstallationStatus('STARTING', { type: 'observed', allReady })
    : nextInstallationStatus(row.status, { type: 'shutdownDone' })
  const statusReason = status === 'STARTING' ? describeTrouble(row.observed) : null
  await save(scope, installationId, { status, statusReason, wantsRunning })
}

/** The newest item of an installation that waits or runs. */
export async function findNewestOutstanding(
  scope: QueueScope,
  installationId: string,
): Promise<{ operation: Operation; status: string } | undefined> {
  const [newest] = await scope.tx
    .select({ operation: workitems.operation, status: workitems.status })
    .from(workitems)
    .where(
      scope.in(
        workitems,
        eq(workitems.installationId, installationId),
        inArray(workitems.status, ['REQUESTED', 'PENDING']),
      ),
    )
    .orderBy(desc(workitems.id))
    .limit(1)
  return newest
}

/**
 * Drops an installation with its revisions, sealed values and content pins. Items of it that failed go to the
 * history; nothing may be outstanding.
 */
export async function removeInstallation(scope: QueueScope, installationId: string): Promise<void> {
  await scope.tx.execute(
    moveToHistoryStatement(
      sql`item.installation_id = ${installationId} and item.status in ('FAILED', 'INVALID')`,
      { status: null },
    ),
  )
  await scope.tx
    .delete(secretValues)
    .where(scope.in(secretValues, eq(secretValues.owner, secretOwner(installationId))))
  await scope.tx.delete(installations).where(scope.in(installations, eq(installations.id, installationId)))
}

async function save(
  scope: QueueScope,
  installationId: string,
  state: { status: InstallationStatus; statusReason: string | null; wantsRunning: boolean },
): Promise<void> {
  await scope.tx
    .update(installations)
    .set(state)
    .where(scope.in(installations, eq(installations.id, installationId)))
}
