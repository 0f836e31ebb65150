import { describeTrouble, type ObservedState } from '#lib/domain/installation.ts'
import type { WorkitemProgress } from '#lib/domain/workitem.ts'
import { eq, inArray, sql } from 'drizzle-orm'
import { installations } from '#drizzle/schema.ts'
import { openQueueScope } from '../access/queue-scope.ts'
import { getDatabase } from '../database/database.ts'
import { announce } from '../events/announce.ts'
import { staleLease, type HeldItem } from './finish.ts'
import { progressStatement } from './sql/progress.ts'

/**
 * Notes how far a leased item is, and what the worker sees of the installation meanwhile: Kubernetes' own reasons are
 * shown while an operation is under way, its status moves when the item ends. Throws `io.windlass.lease.stale`.
 */
export async function noteProgress(
  held: HeldItem,
  progress: WorkitemProgress,
  observed: ObservedState | undefined,
): Promise<void> {
  // Two statements on purpose: the item's row must not be held while waiting for the installation's.
  const scope = openQueueScope(getDatabase(), held.namespaceId)
  const noted = await scope.tx.execute<{ installation_id: string | null }>(
    progressStatement({ ...held, progress }),
  )
  const [row] = noted.rows
  if (!row) throw staleLease(held.requestId)
  announce({ namespaceId: held.namespaceId, noun: 'workitem' })
  if (!observed || row.installation_id === null) return
  await scope.tx
    .update(installations)
    .set({
      observed,
      observedAt: sql`clock_timestamp()`,
      statusReason: sql`case when ${inArray(installations.status, ['STARTING', 'STOPPING'])} then ${describeTrouble(observed)}::text else ${installations.statusReason} end`,
    })
    .where(scope.in(installations, eq(installations.id, row.installation_id)))
  announce({ namespaceId: held.namespaceId, noun: 'installation' })
}
