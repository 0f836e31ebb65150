import { z } from 'zod'
import {
  inventoryName,
  type KubernetesObject,
  type ObjectReference,
  ownershipLabels,
} from '#lib/domain/kubernetes-object.ts'
import { type LeasedItem, ObjectReferenceMessage } from '#lib/protocol/messages.ts'

/** What the inventory says; see Inventory for what it is for. */
export interface InventoryState {
  revision: number
  lease: number
  /** False while somebody may still be writing: set when taken, cleared by the last write of an item. */
  isSettled: boolean
  objects: ObjectReference[]
  /** Base64; here only while no generated Secret can keep it. */
  checksumKey: string | null
}

const Count = z.coerce.number().int().min(0).catch(0)
const InventoryContent = z.object({
  revision: Count,
  lease: Count,
  settled: z.string().optional(),
  objects: z.string().default('[]'),
  checksumKey: z.string().optional(),
})

/** The ConfigMap that says it. With a resourceVersion it replaces exactly what was read. */
export function writeState(
  state: InventoryState,
  item: LeasedItem,
  resourceVersion: string | undefined,
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: inventoryName(item.installationName),
      namespace: item.k8sNamespace,
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
      labels: {
        'app.kubernetes.io/managed-by': 'windlass',
        'app.kubernetes.io/name': item.installationName,
        'app.kubernetes.io/instance': item.installationName,
        [ownershipLabels.consoleId]: item.ownership.consoleId,
        [ownershipLabels.namespaceId]: item.ownership.namespaceId,
        [ownershipLabels.clusterId]: item.ownership.clusterId,
        [ownershipLabels.installationId]: item.ownership.installationId,
      },
    },
    data: {
      revision: String(state.revision),
      lease: String(state.lease),
      settled: String(state.isSettled),
      objects: JSON.stringify(state.objects),
      ...(state.checksumKey === null ? {} : { checksumKey: state.checksumKey }),
    },
  }
}

/** A damaged account is no reason to stop: the search by label finds what it forgot. */
export function readState(object: KubernetesObject): InventoryState {
  const content = InventoryContent.safeParse(object.data ?? {})
  if (!content.success) return { revision: 0, lease: 0, isSettled: false, objects: [], checksumKey: null }
  const { revision, lease, settled, objects, checksumKey } = content.data
  return {
    revision,
    lease,
    isSettled: settled === 'true',
    objects: readObjects(objects),
    checksumKey: checksumKey ?? null,
  }
}

function readObjects(text: string): ObjectReference[] {
  try {
    return z.array(ObjectReferenceMessage).parse(JSON.parse(text))
  } catch {
    return []
  }
}
