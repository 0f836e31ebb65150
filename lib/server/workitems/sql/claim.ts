import { sql, type SQL } from 'drizzle-orm'

/**
 * Leases the first claimable items of a cluster. One range of the index k8s_workitems_claimable: `is_next` already
 * says that nothing of the same installation comes before. Items another claim is taking are passed over.
 */
export const claimStatement = (claim: {
  clusterId: string
  claimId: string
  workerId: string
  limit: number
  leaseSeconds: number
}): SQL => sql`
  with claimable as (
    select id
    from k8s_workitems
    where cluster_id = ${claim.clusterId} and status = 'REQUESTED' and is_next
    order by id
    limit ${claim.limit}
    for update skip locked
  )
  update k8s_workitems as item
  set
    status = 'PENDING',
    claim_id = ${claim.claimId},
    worker_id = ${claim.workerId},
    lease_token = gen_random_uuid(),
    lease_number = nextval('k8s_lease_numbers'),
    lease_expires_at = clock_timestamp() + make_interval(secs => ${claim.leaseSeconds}),
    first_claimed_at = coalesce(item.first_claimed_at, clock_timestamp()),
    changed_at = clock_timestamp(),
    progress = null
  from claimable
  where item.id = claimable.id
  returning item.id`
