import { sql, type SQL } from 'drizzle-orm'
import type { Operation, WorkitemRequest } from '#lib/domain/workitem.ts'

/**
 * Puts an item at the end of the queue. The caller holds the installation's row, so the order of ids is the order of
 * commits; the item may run at once when nothing of its installation is before it.
 */
export const insertStatement = (item: {
  namespaceId: string
  clusterId: string
  requestId: string
  installationId: string
  installationName: string
  operation: Operation
  revision: number
  request: WorkitemRequest
  requestedBy: string
}): SQL => sql`
  insert into k8s_workitems (
    namespace_id, cluster_id, request_id, installation_id, installation_name,
    operation, status, is_next, revision, request, requested_by, requested_at, changed_at
  )
  values (
    ${item.namespaceId}, ${item.clusterId}, ${item.requestId}, ${item.installationId}, ${item.installationName},
    ${item.operation}, 'REQUESTED',
    not exists (select 1 from k8s_workitems where installation_id = ${item.installationId} and is_next),
    ${item.revision}, ${JSON.stringify(item.request)}::jsonb, ${item.requestedBy}, clock_timestamp(), clock_timestamp()
  )
  returning id`
