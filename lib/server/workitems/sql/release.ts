import { sql, type SQL } from 'drizzle-orm'

/** Undoes a claim whose answer was never written to the worker: no lease was lost. */
export const releaseStatement = (claim: { clusterId: string; claimId: string }): SQL => sql`
  update k8s_workitems
  set
    status = 'REQUESTED',
    claim_id = null,
    worker_id = null,
    lease_token = null,
    lease_expires_at = null,
    changed_at = clock_timestamp()
  where cluster_id = ${claim.clusterId} and claim_id = ${claim.claimId} and status = 'PENDING'
  returning id`
