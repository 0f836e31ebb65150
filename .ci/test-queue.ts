import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { clusters } from '#drizzle/schema.ts'
import type { ObservedState } from '#lib/domain/installation.ts'
import type { LeasedItem } from '#lib/protocol/messages.ts'
import type { UserActor } from '#lib/server/access/actor.ts'
import { createCluster } from '#lib/server/clusters/create.ts'
import { getDatabase } from '#lib/server/database/database.ts'
import { claimWorkitems } from '#lib/server/workitems/claim.ts'
import { finishWorkitem, type Finish } from '#lib/server/workitems/finish.ts'
import type { ClaimingCluster } from '#lib/server/workitems/lease-items.ts'

/** A new cluster of namespace `default`, as the wire knows it. */
export async function makeCluster(admin: UserActor, name: string): Promise<ClaimingCluster> {
  await createCluster(admin, 'default', { name })
  const [row] = await getDatabase().select().from(clusters).where(eq(clusters.name, name))
  if (!row) throw new Error(`cluster ${name} was not made`)
  return row
}

/** The smallest deploy there is, and what is added to it. */
export function deployData(name: string, ...items: Record<string, unknown>[]) {
  const image = { type: 'image', name: 'quay.io/example/app:1.0' }
  return { name, k8sNamespace: 'apps', config: [image, ...items] }
}

export function claimAll(cluster: ClaimingCluster, claimId: string = randomUUID()): Promise<LeasedItem[]> {
  return claimWorkitems(cluster, { claimId, workerId: randomUUID(), limit: 100 })
}

export const allReady: ObservedState = {
  exists: true,
  replicasWanted: 1,
  replicasReady: 1,
  replicasUpdated: 1,
  isCurrent: true,
  trouble: [],
}

export const notReady: ObservedState = {
  ...allReady,
  replicasReady: 0,
  trouble: [{ pod: 'app-0', reason: 'ImagePullBackOff', message: 'no such image' }],
}

const succeeded: Finish = {
  outcome: { status: 'SUCCEEDED' },
  objects: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'app', uid: 'uid-1' }],
  statefulSetUid: 'uid-1',
  observed: allReady,
}

/** Ends a leased item as a worker would; everything went well unless told otherwise. */
export function finishItem(
  cluster: ClaimingCluster,
  item: LeasedItem,
  finish: Partial<Finish> = {},
): Promise<void> {
  return finishWorkitem(heldBy(cluster, item), { ...succeeded, ...finish })
}

export const failed = (message: string): Partial<Finish> => ({
  outcome: { status: 'FAILED', error: { cause: 'refused', message } },
  observed: notReady,
})

export const heldBy = (cluster: ClaimingCluster, item: LeasedItem) => ({
  namespaceId: cluster.namespaceId,
  clusterId: cluster.id,
  requestId: item.requestId,
  leaseToken: item.lease.token,
})
