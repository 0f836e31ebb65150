import { getDatabase } from '../database/database.ts'
import { announce } from '../events/announce.ts'
import { releaseLeasesStatement } from './sql/release-leases.ts'

/** Puts items that a worker gives back into the queue again; those whose lease is another's are passed over. */
export async function releaseLeases(
  cluster: { id: string; namespaceId: string },
  leases: readonly { requestId: string; token: string }[],
): Promise<void> {
  const released = await getDatabase().execute(releaseLeasesStatement({ clusterId: cluster.id, leases }))
  if (released.rows.length === 0) return
  announce({ namespaceId: cluster.namespaceId, noun: 'workitem', wakeClusterId: cluster.id })
}
