import { z } from 'zod'
import { ObservedState } from '#lib/domain/installation.ts'
import { Operation, WorkitemError, WorkitemProgress } from '#lib/domain/workitem.ts'

/**
 * What console and worker say to each other. Every message is JSON over HTTPS, sent by the worker with its token
 * as bearer and the version it speaks in `windlass-protocol`; the console answers 426 with the versions it knows
 * when that is not one of them.
 */
export const protocolVersion = 1
export const protocolHeader = 'windlass-protocol'

/** All under this path; server.ts hands it to lib/server/wire. */
export const wirePrefix = '/api/worker'
export const wirePaths = {
  claim: `${wirePrefix}/claim`,
  renew: `${wirePrefix}/renew`,
  release: `${wirePrefix}/release`,
  progress: `${wirePrefix}/progress`,
  finish: `${wirePrefix}/finish`,
  report: `${wirePrefix}/report`,
  /** GET, `?requestId&leaseToken&sha256`: the bytes of library content the leased item mounts. */
  content: `${wirePrefix}/content`,
} as const

export const ObjectReferenceMessage = z.object({
  apiVersion: z.string().max(128),
  kind: z.string().max(64),
  name: z.string().max(253),
  uid: z.string().max(64).optional(),
})

export const WorkerDescription = z.object({
  /** Random, one for each process. */
  id: z.uuid(),
  version: z.string().max(64),
  mode: z.enum(['once', 'daemon']),
  k8sVersion: z.string().max(64).nullable(),
  /** The Kubernetes namespaces its role allows; null when it is the whole cluster or not known. */
  k8sNamespaces: z.array(z.string().max(63)).max(1000).nullable(),
})
export type WorkerDescription = z.infer<typeof WorkerDescription>

export const ClaimRequest = z.object({
  worker: WorkerDescription,
  clusterName: z.string().max(40),
  /** New for each claim; repeated when the answer was lost, and answered with the same leases. */
  claimId: z.uuid(),
  /** Items wanted at the most. */
  limit: z.int().min(1).max(100),
  /** How long the console may hold the request open when nothing waits; 0 answers at once. */
  waitSeconds: z.int().min(0).max(60),
})
export type ClaimRequest = z.infer<typeof ClaimRequest>

const numbers = z.record(z.string(), z.int().min(0))

export const NumberingMessage = z.object({
  configMaps: numbers,
  secrets: numbers,
  services: numbers,
  ingresses: numbers,
  persistentVolumeClaims: numbers,
})

export const Lease = z.object({
  token: z.uuid(),
  /** Grows with every claim: with the revision, what the worker fences its writes in the cluster with. */
  number: z.int().min(1),
  /** Milliseconds from the moment the answer was written; the worker counts them from its question, or renews first. */
  remainingMilliseconds: z.int(),
})
export type Lease = z.infer<typeof Lease>

export const LeasedItem = z.object({
  requestId: z.uuid(),
  operation: Operation,
  lease: Lease,
  /** Leases lost before this one. */
  attempts: z.int().min(0),
  ownership: z.object({
    consoleId: z.string(),
    namespaceId: z.string(),
    clusterId: z.string(),
    installationId: z.string(),
  }),
  installationName: z.string(),
  k8sNamespace: z.string(),
  revision: z.int().min(1),
  /**
   * The config of `revision`, secret values in clear. Parsed item by item by the worker: one it does not know
   * makes this workitem INVALID, with what to upgrade, and not the whole answer unreadable.
   */
  config: z.array(z.looseObject({ type: z.string() })),
  numbering: NumberingMessage,
  cluster: z.object({ ingressDefaultNode: z.string(), ingressClassName: z.string().nullable() }),
  /** Undeploy only: remove claims and their data too. */
  deleteVolumes: z.boolean(),
})

export type LeasedItem = z.infer<typeof LeasedItem>

export const ClaimAnswer = z.object({
  items: z.array(LeasedItem),
  /** Ids of the console's installations of this cluster, by their Kubernetes namespace: what to observe. */
  installations: z.array(z.object({ id: z.string(), name: z.string(), k8sNamespace: z.string() })),
  serverVersion: z.string(),
})
export type ClaimAnswer = z.infer<typeof ClaimAnswer>

export const RenewRequest = z.object({
  workerId: z.uuid(),
  clusterName: z.string().max(40),
  leases: z.array(z.object({ requestId: z.uuid(), token: z.uuid() })).max(1000),
})
export type RenewRequest = z.infer<typeof RenewRequest>

/** A lease that is missing from the answer is lost. */
export const RenewAnswer = z.object({
  leases: z.array(z.object({ requestId: z.uuid(), remainingMilliseconds: z.int() })),
})
export type RenewAnswer = z.infer<typeof RenewAnswer>

/**
 * Items a worker gives back unfinished because it was told to end. They return to the queue at once and no lease counts
 * as lost. The worker has stopped writing for them before it says so; leases that are not its own are passed over.
 */
export const ReleaseRequest = z.object({
  clusterName: z.string().max(40),
  leases: z.array(z.object({ requestId: z.uuid(), token: z.uuid() })).max(1000),
})
export type ReleaseRequest = z.infer<typeof ReleaseRequest>

const heldItem = { clusterName: z.string().max(40), requestId: z.uuid(), leaseToken: z.uuid() }

export const ProgressRequest = z.object({
  ...heldItem,
  progress: WorkitemProgress,
  observed: ObservedState.optional(),
})
export type ProgressRequest = z.infer<typeof ProgressRequest>

export const FinishRequest = z.object({
  ...heldItem,
  outcome: z.discriminatedUnion('status', [
    z.object({ status: z.literal('SUCCEEDED') }),
    z.object({ status: z.literal('FAILED'), error: WorkitemError }),
    z.object({ status: z.literal('INVALID'), error: WorkitemError }),
  ]),
  /** The objects that exist now, all of them; null: not known, because Kubernetes could not be asked. */
  objects: z.array(ObjectReferenceMessage).max(2000).nullable(),
  statefulSetUid: z.string().max(64).nullable(),
  observed: ObservedState.nullable(),
})
export type FinishRequest = z.infer<typeof FinishRequest>

/** What the worker sees of installations between operations; only those that changed are sent. */
export const ReportRequest = z.object({
  clusterName: z.string().max(40),
  installations: z.array(z.object({ id: z.string().max(64), observed: ObservedState })).max(1000),
})
export type ReportRequest = z.infer<typeof ReportRequest>
