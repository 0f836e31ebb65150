import { sql, type SQL } from 'drizzle-orm'

/** Gives items whose lease expired back to the queue, at their place in it; those lost too often are left to `poison`. */
export const returnExpiredStatement = (limits: { maximumLostLeases: number; batch: number }): SQL => sql`
  with expired as (
    select id
    from k8s_workitems
    where status = 'PENDING' and lease_expires_at < clock_timestamp() and attempts + 1 < ${limits.maximumLostLeases}
    order by lease_expires_at
    limit ${limits.batch}
    for update skip locked
  )
  update k8s_workitems as item
  set
    status = 'REQUESTED',
    attempts = item.attempts + 1,
    claim_id = null,
    worker_id = null,
    lease_token = null,
    lease_expires_at = null,
    progress = null,
    changed_at = clock_timestamp()
  from expired
  where item.id = expired.id
  returning item.namespace_id, item.cluster_id, item.installation_name, item.attempts`
