import { sql, type SQL } from 'drizzle-orm'

/**
 * What a newer item takes the place of: the never-claimed end of the installation's queue. A deploy stops at an
 * undeploy that waits, because what that removes is not what the deploy makes.
 */
export const supersedeCondition = (installationId: string, operation: 'deploy' | 'undeploy'): SQL => sql`
  item.installation_id = ${installationId}
  and item.status = 'REQUESTED'
  and item.first_claimed_at is null
  and item.id > coalesce(
    (
      select max(kept.id)
      from k8s_workitems as kept
      where kept.installation_id = ${installationId}
        and kept.status in ('REQUESTED', 'PENDING')
        and (kept.first_claimed_at is not null or (${operation}::text = 'deploy' and kept.operation = 'undeploy'))
    ),
    0
  )`
