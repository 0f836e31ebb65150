import { eq } from 'drizzle-orm'
import { workitems } from '#drizzle/schema.ts'
import type { LeasedItem } from '#lib/protocol/messages.ts'
import { openQueueScope } from '../access/queue-scope.ts'
import { getDatabase } from '../database/database.ts'
import { announce } from '../events/announce.ts'
import { getSettings } from '../settings/settings.ts'
import { leaseItems, type ClaimingCluster } from './lease-items.ts'
import { claimStatement } from './sql/claim.ts'
import { releaseStatement } from './sql/release.ts'

export interface Claim {
  claimId: string
  workerId: string
  limit: number
}

/** The leases an earlier answer to this very claim gave, when that was lost on its way. */
export async function findRepeatedClaim(cluster: ClaimingCluster, claimId: string): Promise<LeasedItem[]> {
  const scope = openQueueScope(getDatabase(), cluster.namespaceId)
  const rows = await scope.tx
    .select({ id: workitems.id })
    .from(workitems)
    .where(
      scope.in(
        workitems,
        eq(workitems.clusterId, cluster.id),
        eq(workitems.claimId, claimId),
        eq(workitems.status, 'PENDING'),
      ),
    )
  return leaseItems(
    cluster,
    rows.map(({ id }) => id),
  )
}

/** Leases what a cluster's queue has to give now, oldest first. */
export async function claimWorkitems(cluster: ClaimingCluster, claim: Claim): Promise<LeasedItem[]> {
  const claimed = await getDatabase().execute<{ id: string }>(
    claimStatement({ ...claim, clusterId: cluster.id, leaseSeconds: getSettings().LEASE_SECONDS }),
  )
  if (claimed.rows.length === 0) return []
  announce({ namespaceId: cluster.namespaceId, noun: 'workitem' })
  return leaseItems(
    cluster,
    claimed.rows.map(({ id }) => Number(id)),
  )
}

/** Gives back what was claimed for a worker that had gone before the answer was written. */
export async function releaseClaim(cluster: ClaimingCluster, claimId: string): Promise<void> {
  const released = await getDatabase().execute(releaseStatement({ clusterId: cluster.id, claimId }))
  if (released.rows.length === 0) return
  announce({ namespaceId: cluster.namespaceId, noun: 'workitem', wakeClusterId: cluster.id })
}
