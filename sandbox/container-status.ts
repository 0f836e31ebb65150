import type {
  Container,
  ContainerState,
  ContainerStatus,
  Pod,
  PodCondition,
  PodStatus,
} from 'kubernetes-types/core/v1'
import type { KubeObject } from './trees.ts'
import { timestamp } from './write-objects.ts'

export interface ContainerMemory {
  startedAtMs?: number
  pullsFailed: number
  restarts: number
  restartAtMs?: number
  last?: ContainerState
}

export function emptyMemory(): ContainerMemory {
  return { pullsFailed: 0, restarts: 0 }
}

export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z')
}

export function containerId(pod: KubeObject, container: Container, { restarts }: ContainerMemory): string {
  return `containerd://${Buffer.from(`${pod.metadata.uid}/${container.name}/${restarts}`).toString('hex').padEnd(64, '0').slice(-64)}`
}

export function crashWaiting(
  pod: KubeObject,
  container: Container,
  { restarts }: ContainerMemory,
): ContainerState['waiting'] {
  const seconds = Math.min(10 * 2 ** (restarts - 1), 300)
  const delay = seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`
  const { name, namespace, uid } = pod.metadata
  return {
    reason: 'CrashLoopBackOff',
    message: `back-off ${delay} restarting failed container=${container.name} pod=${name}_${namespace}(${uid})`,
  }
}

export function statusOf(
  container: Container,
  state: ContainerState,
  memory: ContainerMemory,
): ContainerStatus {
  return {
    name: container.name,
    state,
    lastState: memory.last ?? {},
    ready: false,
    started: false,
    restartCount: memory.restarts,
    image: container.image ?? '',
    imageID: state.running || memory.last ? (container.image ?? '') : '',
  }
}

export function condition(
  pod: Pod,
  type: string,
  isTrue: boolean,
  reason?: string,
  message?: string,
): PodCondition {
  const status = isTrue ? 'True' : 'False'
  const before = pod.status?.conditions?.find((one) => one.type === type)
  const lastTransitionTime = before?.status === status ? before.lastTransitionTime : timestamp()
  return {
    type,
    status,
    lastTransitionTime,
    ...(!isTrue && reason && { reason, message }),
  }
}

/** Whether every container has run at least once. */
export function isStarted(containers: ContainerStatus[]): boolean {
  return containers.every((one) => one.state?.running ?? one.restartCount > 0)
}

export function podStatus(
  pod: Pod,
  containerStatuses: ContainerStatus[],
  initial: ContainerStatus[],
  podIP: string | undefined,
): PodStatus {
  const isReady = containerStatuses.every((one) => one.ready)
  const isInitialized = initial.every((one) => one.ready)
  const unready = containerStatuses.filter((one) => !one.ready).map((one) => one.name)
  const why = `containers with unready status: [${unready.join(' ')}]`
  return {
    phase: isStarted(containerStatuses) ? 'Running' : 'Pending',
    conditions: [
      condition(pod, 'PodReadyToStartContainers', isStarted(containerStatuses)),
      condition(pod, 'Initialized', isInitialized),
      condition(pod, 'Ready', isReady, 'ContainersNotReady', why),
      condition(pod, 'ContainersReady', isReady, 'ContainersNotReady', why),
      condition(pod, 'PodScheduled', true),
    ],
    hostIP: '192.0.2.1',
    ...(podIP && { podIP, podIPs: [{ ip: podIP }] }),
    startTime: pod.status?.startTime ?? timestamp(),
    ...(initial.length > 0 && { initContainerStatuses: initial }),
    containerStatuses,
    qosClass: 'BestEffort',
  }
}
