import { sql, type SQL } from 'drizzle-orm'

/** Puts a FAILED item back at its old place, with its lost leases forgotten. */
export const retryStatement = (id: number): SQL => sql`
  update k8s_workitems
  set
    status = 'REQUESTED',
    attempts = 0,
    claim_id = null,
    worker_id = null,
    lease_token = null,
    progress = null,
    error = null,
    changed_at = clock_timestamp()
  where id = ${id} and status = 'FAILED'
  returning id`

/** Steps a waiting item back behind one that is retried; one that was claimed meanwhile stays where it is. */
export const stepBackStatement = (installationId: string): SQL => sql`
  update k8s_workitems
  set is_next = false
  where installation_id = ${installationId} and is_next and status = 'REQUESTED'`
