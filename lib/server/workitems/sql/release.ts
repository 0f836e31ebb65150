import { sql, type SQL } from 'drizzle-orm'

/**
 * Undoes a claim, or the part of it from an item on, whose answer was never written to the worker: no lease was lost.
 */
export const releaseStatement = (claim: { clusterId: string; claimId: string; fromId?: number }): SQL => sql`
  update k8s_workitems
  set
    status = 'REQUESTED',
    claim_id = null,
    worker_id = null,
    lease_token = null,
    lease_expires_at = null,
    changed_at = clock_timestamp()
  where cluster_id = ${claim.clusterId}
    and claim_id = ${claim.claimId}
    and status = 'PENDING'
    and id >= ${claim.fromId ?? 0}
  returning id`
