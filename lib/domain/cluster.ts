import { z } from 'zod'
import type { InstallationStatus } from './installation.ts'
import { nameRules, quote } from './kubernetes-names.ts'
import { nameField, ruledText } from './ruled-text.ts'

/** 1–40 of `A-Za-z0-9._-`, first a letter, not `new` (it is an address of ours). */
export const ClusterName = ruledText('clusterName', (name) => {
  if (name === '') return 'A cluster needs a name'
  if (name === 'new') return '"new" cannot be a cluster name'
  if (name.length > 40) return 'A cluster name has at most 40 characters'
  if (/^[A-Za-z][A-Za-z0-9._-]*$/.test(name)) return undefined
  return `A cluster name begins with a letter and holds only letters, digits, ".", "_" and "-"; ${quote(name)} does not`
})

const IngressDefaultNode = nameField(nameRules.dns1123Subdomain)
const IngressClassName = nameField(nameRules.dns1123Subdomain)

export const ClusterInput = z.strictObject({
  name: ClusterName,
  ingressDefaultNode: IngressDefaultNode.optional(),
  ingressClassName: IngressClassName.nullable().optional(),
})
export type ClusterInput = z.infer<typeof ClusterInput>

/** A cluster cannot be renamed: workers are configured with its name. */
export const ClusterUpdate = ClusterInput.omit({ name: true }).partial()
export type ClusterUpdate = z.infer<typeof ClusterUpdate>

/** A cluster as every door shows it: the names are the contract's. */
export interface Cluster {
  _id: string
  name: string
  ingressDefaultNode: string
  ingressClassName: string | null
  lifecycleOperationCount: number
  simulated: boolean
  workerLastSeen: string | null
  workerVersion: string | null
  workerMode: 'once' | 'daemon' | null
  k8sVersion: string | null
  k8sNamespaces: string[] | null
  installationsByStatus: Partial<Record<InstallationStatus, number>>
  /** Items that are REQUESTED or PENDING. */
  queueLength: number
}
