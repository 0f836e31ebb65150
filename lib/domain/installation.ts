import { z } from 'zod'
import type { ConfigItem } from './deploy-config/config.ts'
import type { ObjectReference } from './kubernetes-object.ts'
import type { Numbering } from './numbering.ts'

export const InstallationStatus = z.enum(['STARTING', 'RUNNING', 'STOPPING', 'STOPPED', 'FAILED', 'DAMAGED'])
export type InstallationStatus = z.infer<typeof InstallationStatus>

/** A pod that is not ready, in Kubernetes' own words. */
export const PodTrouble = z.object({
  pod: z.string().max(253),
  /** `ImagePullBackOff`, `CrashLoopBackOff`, `Unschedulable` … */
  reason: z.string().max(256),
  message: z.string().max(4096),
})
export type PodTrouble = z.infer<typeof PodTrouble>

/** What a worker saw of one installation. */
export const ObservedState = z.object({
  /** False when the StatefulSet is not there. */
  exists: z.boolean(),
  replicasWanted: z.int().min(0),
  replicasReady: z.int().min(0),
  replicasUpdated: z.int().min(0),
  /** Kubernetes has acted on the latest StatefulSet. */
  isCurrent: z.boolean(),
  trouble: z.array(PodTrouble).max(20),
})
export type ObservedState = z.infer<typeof ObservedState>

/** What happens to an installation. `observed` carries whether every wanted replica is ready. */
export type InstallationEvent =
  | { type: 'deployRequested' | 'restartRequested' | 'shutdownRequested' | 'undeployRequested' }
  | { type: 'operationFailed' }
  | { type: 'shutdownDone' }
  | { type: 'observed'; allReady: boolean }

/**
 * The table of legal moves. Commands move at once to what was asked for; the worker's reports move on from there.
 * A report of readiness never ends STOPPING or STOPPED: those belong to the shutdown or undeploy under way.
 */
export function nextInstallationStatus(
  current: InstallationStatus,
  event: InstallationEvent,
): InstallationStatus {
  switch (event.type) {
    case 'deployRequested':
    case 'restartRequested':
      return 'STARTING'
    case 'shutdownRequested':
    case 'undeployRequested':
      return 'STOPPING'
    case 'operationFailed':
      return 'FAILED'
    case 'shutdownDone':
      return 'STOPPED'
    case 'observed':
      if (current === 'STOPPING' || current === 'STOPPED' || current === 'DAMAGED') return current
      if (event.allReady) return 'RUNNING'
      return current === 'FAILED' ? 'FAILED' : 'STARTING'
  }
}

/** Whether every wanted replica is ready, and Kubernetes has acted on the latest StatefulSet. */
export function isAllReady(observed: ObservedState, replicaCount: number): boolean {
  return (
    observed.exists &&
    observed.isCurrent &&
    observed.replicasReady >= Math.max(observed.replicasWanted, replicaCount) &&
    observed.replicasUpdated >= observed.replicasWanted
  )
}

/** Kubernetes' own reasons why pods are not ready, as one sentence; null when it gave none. */
export function describeTrouble(observed: ObservedState | null): string | null {
  const [first, ...others] = observed?.trouble ?? []
  if (!first) return null
  const message = first.message === '' ? '' : `: ${first.message}`
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  return `Pod ${first.pod}: ${first.reason}${message}${more}`
}

/**
 * Why an operation makes no sense now, or null when it does. `waiting` is the newest operation of the installation
 * that has not finished. An undeploy is never refused: a newer one takes the place of one that waits.
 */
export function refuseOperation(
  operation: 'shutdown' | 'restart' | 'undeploy',
  installation: { name: string; status: InstallationStatus; waiting: string | null },
): string | null {
  if (operation === 'undeploy') return null
  if (installation.waiting === 'undeploy') {
    return `Installation '${installation.name}' is being undeployed; only a deploy can follow.`
  }
  if (operation === 'restart') return null
  if (installation.status === 'STOPPED') return `Installation '${installation.name}' is stopped already.`
  if (installation.status === 'STOPPING') return `Installation '${installation.name}' is stopping already.`
  return null
}

/** An installation as every door shows it: the names are the contract's. */
export interface Installation {
  _id: string
  name: string
  clusterName: string
  installationDate: string
  installationStatus: InstallationStatus
  /** Why the status is what it is; null when there is nothing to explain. */
  statusReason: string | null
  installedBy: string
  replicaCount: number
  k8sState: 'running' | 'stopped'
  k8sNamespace: string
  k8sInstallationInfo: ObservedState | null
  /** When the worker last reported `k8sInstallationInfo`. */
  observedAt: string | null
  k8sInstallationType: 'STATEFUL_SET'
  k8sInstallationIdentifier: string | null
  k8sAssociatedServices: string[]
  k8sAssociatedIngresses: string[]
  k8sAssociatedConfigMaps: string[]
  k8sAssociatedSecrets: string[]
  objects: ObjectReference[]
  /** The config of `revision`, secrets as references; in lists only when asked for by `props`. */
  configSpec?: ConfigItem[]
  /** The numbers its generated names have, so that a preview shows the very names; given with `configSpec`. */
  numbering?: Numbering
  revision: number
  appliedRevision: number | null
}
