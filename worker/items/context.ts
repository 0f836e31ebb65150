import {
  inventoryName,
  type KubernetesObject,
  type ObjectReference,
  ownershipLabels,
  type Ownership,
} from '#lib/domain/kubernetes-object.ts'
import type { ObservedState } from '#lib/domain/installation.ts'
import type { LeasedItem } from '#lib/protocol/messages.ts'
import type { KubernetesClient } from '../kubernetes/client.ts'
import { generatedKinds, label } from '../kubernetes/kinds.ts'
import type { HeldLease } from '../lease.ts'
import type { Log } from '../log.ts'
import type { OwnNames } from '../policy.ts'
import type { ProgressReporter } from './progress.ts'

/** All that the running of one item needs; a new one for each lease. */
export interface ItemContext {
  item: LeasedItem
  lease: HeldLease
  /** Every request of it ends with the lease. */
  kubernetes: KubernetesClient
  progress: ProgressReporter
  log: Log
  ownNames: OwnNames
  rolloutTimeoutMilliseconds: number
  fetchContent(sha256: string): Promise<Uint8Array>
}

/** What an operation leaves behind. */
export interface ItemResult {
  objects: ObjectReference[]
  statefulSetUid: string | null
  observed: ObservedState | null
}

/** An object is ours only when all four ids match. */
export function isOurs(object: KubernetesObject, ownership: Ownership): boolean {
  const labels = object.metadata.labels ?? {}
  return Object.entries(ownershipLabels).every(
    ([id, name]) => labels[name] === ownership[id as keyof Ownership],
  )
}

export function toReference(object: KubernetesObject): ObjectReference {
  const { apiVersion, kind, metadata } = object
  return { apiVersion, kind, name: metadata.name, ...(metadata.uid ? { uid: metadata.uid } : {}) }
}

/** Every object of this installation that exists, by its label; the inventory is not among them. */
export async function surveyObjects(context: ItemContext): Promise<Map<string, KubernetesObject>> {
  const { item, kubernetes } = context
  const labelSelector = `${ownershipLabels.installationId}=${item.ownership.installationId}`
  const lists = await Promise.all(
    generatedKinds.map((kind) => kubernetes.list(kind, item.k8sNamespace, { labelSelector })),
  )
  const found = new Map<string, KubernetesObject>()
  for (const object of lists.flat()) {
    if (object.metadata.name === inventoryName(item.installationName)) continue
    if (isOurs(object, item.ownership)) found.set(label(object), object)
  }
  return found
}
