import { sql, type SQL } from 'drizzle-orm'
import type { Operation, WorkitemError } from '#lib/domain/workitem.ts'

export type LastExecuted = {
  operation: Operation
  status: 'SUCCEEDED' | 'FAILED' | 'INVALID'
  error: WorkitemError | null
  /** The worker has reported the installation after this item ended. */
  observed_since: boolean
}

/** The newest item of an installation that a worker performed or tried to; cancelled and superseded ones never were. */
export const lastExecutedStatement = (installationId: string): SQL => sql`
  select last.operation, last.status, last.error, coalesce(installation.observed_at > last.at, false) as observed_since
  from k8s_installations as installation
  cross join lateral (
    (
      select id, operation, status, error, changed_at as at
      from k8s_workitems
      where installation_id = installation.id and status in ('FAILED', 'INVALID')
      order by id desc
      limit 1
    )
    union all
    (
      select id, operation, status, error, finished_at as at
      from k8s_workitem_history
      where namespace_id = installation.namespace_id
        and installation_name = installation.name
        and installation_id = installation.id
        and status in ('SUCCEEDED', 'FAILED', 'INVALID')
      order by id desc
      limit 1
    )
    order by id desc
    limit 1
  ) as last
  where installation.id = ${installationId}`
