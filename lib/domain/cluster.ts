import { z } from 'zod'
import type { InstallationStatus } from './installation.ts'

/** 1–40 of `A-Za-z0-9._-`, first a letter, not `new` (it is an address of ours). */
export const ClusterName = z
  .string()
  .min(1, 'A cluster needs a name')
  .max(40, 'A cluster name has at most 40 characters')
  .regex(
    /^[A-Za-z][A-Za-z0-9._-]*$/,
    'A cluster name begins with a letter and holds only letters, digits, ".", "_" and "-"',
  )
  .refine((name) => name !== 'new', '"new" cannot be a cluster name')

const dns1123Subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

const IngressDefaultNode = z
  .string()
  .max(253, 'A host name has at most 253 characters')
  .regex(
    dns1123Subdomain,
    'A host name is lower-case letters, digits, "-" and ".", and begins and ends with a letter or digit (dns1123Subdomain)',
  )

const IngressClassName = z
  .string()
  .max(253, 'An ingress class name has at most 253 characters')
  .regex(
    dns1123Subdomain,
    'An ingress class name is lower-case letters, digits, "-" and "." (dns1123Subdomain)',
  )

/** `minikube` → `vantiq-minikube-node`: lower case, other characters as `-`. */
export function defaultIngressNode(clusterName: string): string {
  return `vantiq-${clusterName.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-')}-node`
}

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
