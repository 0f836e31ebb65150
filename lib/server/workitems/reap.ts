import { and, eq, gte, lt, sql } from 'drizzle-orm'
import { workitems } from '#drizzle/schema.ts'
import { maximumLostLeases, type WorkitemError } from '#lib/domain/workitem.ts'
import { openQueueScope } from '../access/queue-scope.ts'
import { getDatabase } from '../database/database.ts'
import { announce } from '../events/announce.ts'
import { lockInstallation } from '../installations/lock-installation.ts'
import { getLog } from '../settings/log.ts'
import { letNextRun } from './finish.ts'
import { poisonStatement } from './sql/poison.ts'
import { returnExpiredStatement } from './sql/return-expired.ts'

const batch = 100

type Returned = { namespace_id: string; cluster_id: string; installation_name: string; attempts: number }

/**
 * Takes expired leases away: the item goes back to the queue, or is FAILED when it cost too many. Any number of
 * processes may run it at once. Answers how many leases ended.
 */
export async function reapExpiredLeases(): Promise<number> {
  const returned = await getDatabase().execute<Returned>(returnExpiredStatement({ maximumLostLeases, batch }))
  for (const row of returned.rows) {
    getLog().warn({ installation: row.installation_name, attempts: row.attempts }, 'a lease expired')
    announce({ namespaceId: row.namespace_id, noun: 'workitem', wakeClusterId: row.cluster_id })
  }
  return returned.rows.length + (await failPoison())
}

async function failPoison(): Promise<number> {
  const lost = await getDatabase()
    .select({
      id: workitems.id,
      namespaceId: workitems.namespaceId,
      clusterId: workitems.clusterId,
      installationId: workitems.installationId,
      installationName: workitems.installationName,
    })
    .from(workitems)
    .where(
      and(
        eq(workitems.status, 'PENDING'),
        lt(workitems.leaseExpiresAt, sql`clock_timestamp()`),
        gte(workitems.attempts, maximumLostLeases - 1),
      ),
    )
    .limit(batch)
  let failed = 0
  for (const item of lost) {
    const error: WorkitemError = {
      cause: 'poison',
      message: `The worker was lost ${maximumLostLeases} times while it performed this operation; it is not tried again by itself. Look at the worker's log, then retry.`,
    }
    const isFailed = await getDatabase().transaction(async (tx) => {
      const scope = openQueueScope(tx, item.namespaceId)
      if (item.installationId !== null) await lockInstallation(scope, item.installationId)
      const { rows } = await tx.execute(poisonStatement({ id: item.id, error }))
      if (rows.length > 0 && item.installationId !== null) await letNextRun(scope, item.installationId)
      return rows.length > 0
    })
    if (!isFailed) continue
    failed += 1
    getLog().warn({ installation: item.installationName }, 'a workitem was lost too often')
    announce({ namespaceId: item.namespaceId, noun: 'workitem', wakeClusterId: item.clusterId })
    announce({ namespaceId: item.namespaceId, noun: 'installation' })
  }
  return failed
}
