import { sql, type SQL } from 'drizzle-orm'
import type { ObjectReference } from '#lib/domain/kubernetes-object.ts'
import type { WorkitemError, WorkitemResult, WorkitemStatus } from '#lib/domain/workitem.ts'

/**
 * Takes the items a condition holds for out of the queue and keeps them in the history: with a status, or with the
 * one they have. The condition names `item`, the row in the hot table. A lease that did not end the item is forgotten.
 */
export const moveToHistoryStatement = (
  condition: SQL,
  end: {
    status: WorkitemStatus | null
    ancillaries?: readonly ObjectReference[]
    result?: WorkitemResult
    error?: WorkitemError
  },
): SQL => sql`
  with gone as (
    delete from k8s_workitems as item where ${condition} returning item.*
  )
  insert into k8s_workitem_history (
    id, namespace_id, cluster_name, request_id, installation_id, installation_name, operation, status, revision,
    request, requested_by, requested_at, finished_at, attempts, lease_token, progress, ancillaries, error, result
  )
  select
    gone.id, gone.namespace_id, cluster.name, gone.request_id, gone.installation_id, gone.installation_name,
    gone.operation, coalesce(${end.status}::text, gone.status), gone.revision,
    gone.request, gone.requested_by, gone.requested_at, clock_timestamp(), gone.attempts,
    case when ${end.status}::text in ('CANCELLED', 'SUPERSEDED') then null else gone.lease_token end,
    gone.progress,
    coalesce(${asJson(end.ancillaries)}::jsonb, gone.ancillaries),
    coalesce(${asJson(end.error)}::jsonb, gone.error),
    ${asJson(end.result)}::jsonb
  from gone
  join k8s_clusters as cluster on cluster.id = gone.cluster_id
  returning id, request_id, operation, revision`

const asJson = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value))
