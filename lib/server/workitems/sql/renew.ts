import { sql, type SQL } from 'drizzle-orm'

/** Lengthens the leases that still stand; one that is not answered is lost. */
export const renewStatement = (renewal: {
  clusterId: string
  leases: readonly { requestId: string; token: string }[]
  leaseSeconds: number
}): SQL => sql`
  update k8s_workitems as item
  set lease_expires_at = clock_timestamp() + make_interval(secs => ${renewal.leaseSeconds})
  from jsonb_to_recordset(${JSON.stringify(renewal.leases)}::jsonb) as held("requestId" uuid, token uuid)
  where item.cluster_id = ${renewal.clusterId}
    and item.request_id = held."requestId"
    and item.status = 'PENDING'
    and item.lease_token = held.token
  returning
    item.request_id,
    (extract(epoch from item.lease_expires_at - clock_timestamp()) * 1000)::int as remaining_milliseconds`
