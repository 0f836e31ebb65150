/** The parts every object we handle has. Kind-specific parts are typed where they are made, by kubernetes-types. */
export interface KubernetesObject {
  apiVersion: string
  kind: string
  metadata: {
    name: string
    namespace?: string
    uid?: string
    resourceVersion?: string
    labels?: Record<string, string>
    annotations?: Record<string, string>
    [field: string]: unknown
  }
  [field: string]: unknown
}

/** An object by name, as inventories, workitems and installations list it. */
export interface ObjectReference {
  apiVersion: string
  kind: string
  name: string
  uid?: string
}

/** Whose an object is: it is ours only when all four ids match; section 4 of the contract. */
export interface Ownership {
  consoleId: string
  namespaceId: string
  clusterId: string
  installationId: string
}

/** Names that can never change: clusters out there carry them. */
export const fieldManager = 'windlass-k8s-worker'

export const ownershipLabels = {
  consoleId: 'windlass.dev/console',
  namespaceId: 'windlass.dev/namespace',
  clusterId: 'windlass.dev/cluster',
  installationId: 'windlass.dev/installation',
} as const satisfies Record<keyof Ownership, string>

export const revisionAnnotation = 'windlass.dev/revision'
export const checksumAnnotation = 'windlass.dev/checksum'

/** The prefix every generated name but the StatefulSet's has. */
export function generatedName(
  installation: string,
  component: 'configmap' | 'secret' | 'service' | 'ingress' | 'persistentvolumeclaim',
  number: number,
): string {
  return `vantiq-${installation}-${component}-${number}`
}

export const headlessServiceName = (installation: string) => `vantiq-${installation}-headless`
export const inventoryName = (installation: string) => `vantiq-${installation}-inventory`
