import type { RenewAnswer } from '#lib/protocol/messages.ts'
import { getDatabase } from '../database/database.ts'
import { getSettings } from '../settings/settings.ts'
import { renewStatement } from './sql/renew.ts'

/** Lengthens leases; those that are missing from the answer are lost. */
export async function renewLeases(
  clusterId: string,
  leases: readonly { requestId: string; token: string }[],
): Promise<RenewAnswer> {
  if (leases.length === 0) return { leases: [] }
  const renewed = await getDatabase().execute<{ request_id: string; remaining_milliseconds: number }>(
    renewStatement({ clusterId, leases, leaseSeconds: getSettings().LEASE_SECONDS }),
  )
  return {
    leases: renewed.rows.map((row) => ({
      requestId: row.request_id,
      remainingMilliseconds: row.remaining_milliseconds,
    })),
  }
}
