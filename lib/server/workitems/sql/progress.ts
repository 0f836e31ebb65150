import { sql, type SQL } from 'drizzle-orm'
import type { WorkitemProgress } from '#lib/domain/workitem.ts'

/** Notes how far a leased item is; nothing when the lease is not the item's any more. */
export const progressStatement = (step: {
  clusterId: string
  requestId: string
  leaseToken: string
  progress: WorkitemProgress
}): SQL => sql`
  update k8s_workitems
  set progress = ${JSON.stringify(step.progress)}::jsonb, changed_at = clock_timestamp()
  where cluster_id = ${step.clusterId}
    and request_id = ${step.requestId}
    and status = 'PENDING'
    and lease_token = ${step.leaseToken}
  returning installation_id`
