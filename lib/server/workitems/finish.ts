import { eq, inArray, sql } from 'drizzle-orm'
import { installations, workitemHistory, workitems } from '#drizzle/schema.ts'
import { DomainError } from '#lib/domain/errors.ts'
import type { ObjectReference } from '#lib/domain/kubernetes-object.ts'
import type { ObservedState } from '#lib/domain/installation.ts'
import type { WorkitemError } from '#lib/domain/workitem.ts'
import { openQueueScope, type QueueScope } from '../access/queue-scope.ts'
import { getDatabase } from '../database/database.ts'
import { announce } from '../events/announce.ts'
import { lockInstallation } from '../installations/lock-installation.ts'
import { settleInstallation } from '../installations/settle.ts'
import { failStatement } from './sql/fail.ts'
import { moveToHistoryStatement } from './sql/move-to-history.ts'
import { promoteNextStatement } from './sql/promote-next.ts'

/** The lease a write-back is made under. */
export interface HeldItem {
  namespaceId: string
  clusterId: string
  requestId: string
  leaseToken: string
}

export interface Finish {
  outcome: { status: 'SUCCEEDED' } | { status: 'FAILED' | 'INVALID'; error: WorkitemError }
  /** What exists now; null: not known, what was known before is kept. */
  objects: ObjectReference[] | null
  statefulSetUid: string | null
  observed: ObservedState | null
}

type ItemRow = typeof workitems.$inferSelect

export const staleLease = (requestId: string): DomainError =>
  new DomainError(
    'io.windlass.lease.stale',
    `The lease of workitem ${requestId} is not this worker's any more.`,
    {
      params: [requestId],
    },
  )

/**
 * Ends a leased item: SUCCEEDED ones go to the history, FAILED and INVALID ones stay to be retried or dismissed;
 * either way the installation's next item may run and its state follows. Repeating a finish whose answer was lost
 * changes nothing more. Throws `io.windlass.lease.stale` when the lease is another's.
 */
export async function finishWorkitem(held: HeldItem, finish: Finish): Promise<void> {
  const finished = await getDatabase().transaction(async (tx) => {
    const scope = openQueueScope(tx, held.namespaceId)
    const [item] = await scope.tx
      .select()
      .from(workitems)
      .where(
        scope.in(
          workitems,
          eq(workitems.clusterId, held.clusterId),
          eq(workitems.requestId, held.requestId),
          eq(workitems.leaseToken, held.leaseToken),
          eq(workitems.status, 'PENDING'),
        ),
      )
    if (item?.installationId) await lockInstallation(scope, item.installationId)
    if (!item || !(await endItem(scope, item, held.leaseToken, finish))) {
      if (await wasFinished(scope, held)) return false
      throw staleLease(held.requestId)
    }
    if (item.installationId !== null) await letNextRun(scope, item.installationId)
    return true
  })
  if (!finished) return
  announce({ namespaceId: held.namespaceId, noun: 'workitem', wakeClusterId: held.clusterId })
  announce({ namespaceId: held.namespaceId, noun: 'installation' })
}

/** After an item ended: the next one of its installation may run, and the installation's state follows. */
export async function letNextRun(scope: QueueScope, installationId: string): Promise<void> {
  await scope.tx.execute(promoteNextStatement(installationId))
  await settleInstallation(scope, installationId)
}

async function endItem(
  scope: QueueScope,
  item: ItemRow,
  leaseToken: string,
  finish: Finish,
): Promise<boolean> {
  const { outcome } = finish
  const objects = finish.objects ?? item.ancillaries
  if (outcome.status !== 'SUCCEEDED') {
    const failed = await scope.tx.execute(
      failStatement({ id: item.id, leaseToken, ...outcome, ancillaries: objects }),
    )
    if (failed.rows.length === 0) return false
  } else {
    const moved = await scope.tx.execute(
      moveToHistoryStatement(
        sql`item.id = ${item.id} and item.status = 'PENDING' and item.lease_token = ${leaseToken}`,
        { status: 'SUCCEEDED', ancillaries: objects, result: { objects } },
      ),
    )
    if (moved.rows.length === 0) return false
  }
  if (item.installationId !== null) await noteResult(scope, item, item.installationId, finish)
  return true
}

/** What the installation is now, by the worker that just had it in hand. */
async function noteResult(
  scope: QueueScope,
  item: ItemRow,
  installationId: string,
  { outcome, objects, statefulSetUid, observed }: Finish,
): Promise<void> {
  const isGone = item.operation === 'undeploy' && outcome.status === 'SUCCEEDED'
  if (isGone) {
    await scope.tx.execute(
      moveToHistoryStatement(
        sql`item.installation_id = ${installationId} and item.status in ('FAILED', 'INVALID') and item.id < ${item.id}`,
        { status: null },
      ),
    )
  }
  const noted: Partial<typeof installations.$inferInsert> = {
    ...(objects === null ? {} : { objects, statefulSetUid }),
    ...(isGone ? { appliedRevision: null, statefulSetUid: null } : {}),
    ...(item.operation === 'deploy' && outcome.status === 'SUCCEEDED'
      ? { appliedRevision: item.revision }
      : {}),
  }
  await scope.tx
    .update(installations)
    .set({
      ...noted,
      observed: isGone ? null : (observed ?? sql`${installations.observed}`),
      observedAt: isGone ? null : observed ? sql`now()` : sql`${installations.observedAt}`,
    })
    .where(scope.in(installations, eq(installations.id, installationId)))
}

/** Whether this lease has ended its item already, so that this is the same finish once more. */
async function wasFinished(scope: QueueScope, held: HeldItem): Promise<boolean> {
  const [kept] = await scope.tx
    .select({ id: workitems.id })
    .from(workitems)
    .where(
      scope.in(
        workitems,
        eq(workitems.requestId, held.requestId),
        eq(workitems.leaseToken, held.leaseToken),
        inArray(workitems.status, ['FAILED', 'INVALID']),
      ),
    )
  if (kept) return true
  const [gone] = await scope.tx
    .select({ id: workitemHistory.id })
    .from(workitemHistory)
    .where(
      scope.in(
        workitemHistory,
        eq(workitemHistory.requestId, held.requestId),
        eq(workitemHistory.leaseToken, held.leaseToken),
      ),
    )
  return gone !== undefined
}
