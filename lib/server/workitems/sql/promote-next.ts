import { sql, type SQL } from 'drizzle-orm'

/**
 * Lets the oldest waiting item of an installation run, unless one may already. The caller holds the installation's
 * row; without it two could be promoted, which the index k8s_workitems_one_next refuses.
 */
export const promoteNextStatement = (installationId: string): SQL => sql`
  update k8s_workitems
  set is_next = true
  where id = (
      select id
      from k8s_workitems
      where installation_id = ${installationId} and status = 'REQUESTED'
      order by id
      limit 1
    )
    and not exists (select 1 from k8s_workitems where installation_id = ${installationId} and is_next)
  returning id`
