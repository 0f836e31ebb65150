import { sql, type SQL } from 'drizzle-orm'
import type { WorkitemError } from '#lib/domain/workitem.ts'

/** Fails an item that cost too many leases. Its token is forgotten: what still holds it is stale. */
export const poisonStatement = (item: { id: number; error: WorkitemError }): SQL => sql`
  update k8s_workitems
  set
    status = 'FAILED',
    is_next = false,
    attempts = attempts + 1,
    claim_id = null,
    worker_id = null,
    lease_token = null,
    lease_expires_at = null,
    changed_at = clock_timestamp(),
    error = ${JSON.stringify(item.error)}::jsonb
  where id = ${item.id} and status = 'PENDING' and lease_expires_at < clock_timestamp()
  returning id`
