import { sql, type SQL } from 'drizzle-orm'

/** Ends leases that their worker gives up by itself: the items wait again, and none counts as lost. */
export const releaseLeasesStatement = (given: {
  clusterId: string
  leases: readonly { requestId: string; token: string }[]
}): SQL => sql`
  update k8s_workitems as item
  set
    status = 'REQUESTED',
    claim_id = null,
    worker_id = null,
    lease_token = null,
    lease_expires_at = null,
    changed_at = clock_timestamp()
  from jsonb_to_recordset(${JSON.stringify(given.leases)}::jsonb) as held("requestId" uuid, token uuid)
  where item.cluster_id = ${given.clusterId}
    and item.request_id = held."requestId"
    and item.status = 'PENDING'
    and item.lease_token = held.token
  returning item.id`
