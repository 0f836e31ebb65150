import { sql, type SQL } from 'drizzle-orm'
import type { ObjectReference } from '#lib/domain/kubernetes-object.ts'
import type { WorkitemError } from '#lib/domain/workitem.ts'

/** Ends a leased item without success. It stays to be retried or dismissed, and lets the next one run. */
export const failStatement = (failure: {
  id: number
  leaseToken: string
  status: 'FAILED' | 'INVALID'
  error: WorkitemError
  ancillaries: readonly ObjectReference[]
}): SQL => sql`
  update k8s_workitems
  set
    status = ${failure.status},
    is_next = false,
    lease_expires_at = null,
    changed_at = clock_timestamp(),
    ancillaries = ${JSON.stringify(failure.ancillaries)}::jsonb,
    error = ${JSON.stringify(failure.error)}::jsonb
  where id = ${failure.id} and status = 'PENDING' and lease_token = ${failure.leaseToken}
  returning id`
