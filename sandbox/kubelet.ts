import type { Container, ContainerStatus, Pod, PodStatus } from 'kubernetes-types/core/v1'
import {
  condition,
  containerId,
  crashWaiting,
  emptyMemory,
  isoTime,
  isStarted,
  podStatus,
  statusOf,
  type ContainerMemory,
} from './container-status.ts'
import { behaviourOf } from './faults.ts'
import { kindNamed } from './kinds.ts'
import { missingPullSecrets, missingReference, missingVolume } from './pod-references.ts'
import { findObstacle, nodeName } from './scheduler.ts'
import type { Announce } from './record-events.ts'
import type { Store } from './store.ts'
import { sameTree, type KubeObject } from './trees.ts'
import type { ObjectWriter } from './write-objects.ts'

const podKind = kindNamed('Pod')

export interface Pace {
  /** From a pod's creation to its containers' start, and from there to ready. */
  startMs: number
  /** From a pod's deletion to its end. */
  stopMs: number
  /** Between attempts at what failed: pulls, mounts, scheduling, crashed containers. */
  retryMs: number
}

/** Scheduler and kubelet in one: brings pods from Pending to ready, or to where the real ones would leave them. */
export class Kubelet {
  private readonly store: Store
  private readonly writer: ObjectWriter
  private readonly announce: Announce
  private readonly pace: Pace
  private readonly timers = new Map<string, NodeJS.Timeout>()
  private readonly memories = new Map<string, Map<string, ContainerMemory>>()
  /** Pods held up by something, with how often that was found; retries come ever later, as the kubelet's do. */
  private readonly held = new Map<string, { pod: KubeObject; times: number }>()
  private addresses = 1

  constructor(store: Store, writer: ObjectWriter, announce: Announce, pace: Pace) {
    this.store = store
    this.writer = writer
    this.announce = announce
    this.pace = pace
  }

  /** Told of every change of a pod. */
  notice(type: string, pod: KubeObject, previous: KubeObject | undefined): void {
    const { uid = '', deletionTimestamp } = pod.metadata
    if (type === 'DELETED') {
      clearTimeout(this.timers.get(uid))
      this.timers.delete(uid)
      this.memories.delete(uid)
      this.held.delete(uid)
    } else if (deletionTimestamp && !previous?.metadata.deletionTimestamp) this.wake(pod, this.pace.stopMs)
    else if (type === 'ADDED') this.wake(pod, this.pace.startMs / 2)
  }

  /** Told of a change of what pods refer to: those that wait in its namespace look again at once. */
  noticeReference(namespace: string): void {
    for (const [uid, { pod }] of this.held) {
      if (pod.metadata.namespace !== namespace) continue
      this.held.delete(uid)
      this.wake(pod, 0)
    }
  }

  private retryLater(pod: KubeObject): void {
    const { uid = '' } = pod.metadata
    const times = this.held.get(uid)?.times ?? 0
    this.held.set(uid, { pod, times: times + 1 })
    // Every other look comes soon: a failed pull shows as such for a moment, and as backing off for the rest.
    this.wake(pod, this.pace.retryMs * (times % 2 === 0 ? 1 : Math.min(2 ** times, 50)))
  }

  close(): void {
    for (const timer of this.timers.values()) clearTimeout(timer)
  }

  private wake(pod: KubeObject, afterMs: number): void {
    const { uid = '', namespace, name } = pod.metadata
    clearTimeout(this.timers.get(uid))
    const timer = setTimeout(() => {
      this.timers.delete(uid)
      const live = this.store.get(podKind, namespace, name)
      if (live?.metadata.uid === uid) this.advance(live)
    }, afterMs)
    this.timers.set(uid, timer)
  }

  private advance(stored: KubeObject): void {
    const { name, namespace = '' } = stored.metadata
    if (stored.metadata.deletionTimestamp) {
      this.announce(stored, 'Normal', 'Killing', 'Stopping container', 'kubelet')
      return this.writer.finish(podKind, stored)
    }
    const pod = structuredClone(stored) as unknown as Pod
    if (!pod.spec) return
    if (!pod.spec.nodeName) {
      const obstacle = findObstacle(this.store, pod)
      if (obstacle) {
        this.announce(stored, 'Warning', 'FailedScheduling', obstacle, 'default-scheduler')
        this.putStatus(stored, {
          phase: 'Pending',
          conditions: [condition(pod, 'PodScheduled', false, 'Unschedulable', obstacle)],
        })
        return this.retryLater(stored)
      }
      this.announce(
        stored,
        'Normal',
        'Scheduled',
        `Successfully assigned ${namespace}/${name} to ${nodeName}`,
        'default-scheduler',
      )
      const spec = { ...pod.spec, nodeName }
      const waiting = pod.spec.containers.map((one) =>
        statusOf(one, { waiting: { reason: 'ContainerCreating' } }, emptyMemory()),
      )
      this.putStatus({ ...stored, spec }, { ...this.statusOfPod(pod, waiting, []), startTime: undefined })
      return this.wake(stored, this.pace.startMs / 2)
    }
    const volumeFault = missingVolume(this.store, pod)
    if (volumeFault) {
      this.announce(stored, 'Warning', 'FailedMount', volumeFault, 'kubelet')
      return this.retryLater(stored)
    }
    const lost = missingPullSecrets(this.store, pod)
    if (lost) this.announce(stored, 'Warning', 'FailedToRetrieveImagePullSecret', lost, 'kubelet')
    this.runContainers(stored, pod)
  }

  private runContainers(stored: KubeObject, pod: Pod): void {
    const waits: number[] = []
    let isHeld = false
    const hold = (): void => void (isHeld = true)
    const initial = (pod.spec?.initContainers ?? []).map((one) =>
      this.runContainer(stored, pod, one, waits, hold, true),
    )
    const isInitialized = initial.every((one) => one.ready)
    const statuses = (pod.spec?.containers ?? []).map((one) =>
      isInitialized
        ? this.runContainer(stored, pod, one, waits, hold, false)
        : statusOf(one, { waiting: { reason: 'PodInitializing' } }, emptyMemory()),
    )
    this.putStatus(stored, this.statusOfPod(pod, statuses, initial))
    if (isHeld) this.retryLater(stored)
    else this.held.delete(stored.metadata.uid ?? '')
    if (waits.length > 0) this.wake(stored, Math.max(1, Math.min(...waits)))
  }

  /** One look at one container; adds to `waits` when it must be looked at again, in milliseconds, or calls `hold`. */
  private runContainer(
    stored: KubeObject,
    pod: Pod,
    container: Container,
    waits: number[],
    hold: () => void,
    isInitial: boolean,
  ): ContainerStatus {
    const memory = this.memoryOf(stored.metadata.uid ?? '', container.name)
    const image = container.image ?? ''
    const behaviour = behaviourOf(image)
    const now = Date.now()
    const say = (type: 'Normal' | 'Warning', reason: string, message: string): void =>
      this.announce(stored, type, reason, message, 'kubelet')
    const wait = (reason: string, message: string): ContainerStatus => {
      hold()
      return statusOf(container, { waiting: { reason, message } }, memory)
    }
    if (memory.startedAtMs === undefined) {
      if (memory.restartAtMs !== undefined && now < memory.restartAtMs) {
        waits.push(memory.restartAtMs - now)
        return statusOf(container, { waiting: crashWaiting(stored, container, memory) }, memory)
      }
      if (!behaviour.pulls) return this.failPull(container, memory, say, wait)
      const missing = missingReference(this.store, pod, container)
      if (missing) {
        say('Warning', 'Failed', `Error: ${missing}`)
        return wait('CreateContainerConfigError', missing)
      }
      const isPulled = container.imagePullPolicy !== 'Always'
      say(
        'Normal',
        'Pulled',
        isPulled
          ? `Container image "${image}" already present on machine`
          : `Successfully pulled image "${image}" in 1ms (1ms including waiting). Image size: 1024 bytes.`,
      )
      say('Normal', 'Created', `Created container: ${container.name}`)
      say('Normal', 'Started', `Started container ${container.name}`)
      memory.startedAtMs = now
    }
    const ranMs = now - memory.startedAtMs
    if (behaviour.crashes && ranMs >= this.pace.startMs) {
      const terminated = {
        exitCode: 1,
        reason: 'Error',
        startedAt: isoTime(memory.startedAtMs),
        finishedAt: isoTime(now),
        containerID: containerId(stored, container, memory),
      }
      memory.last = { terminated }
      memory.startedAtMs = undefined
      memory.restarts++
      memory.restartAtMs = now + this.pace.retryMs * Math.min(2 ** memory.restarts, 30)
      say(
        'Warning',
        'BackOff',
        `Back-off restarting failed container ${container.name} in pod ${stored.metadata.name}_${stored.metadata.namespace}(${stored.metadata.uid})`,
      )
      waits.push(memory.restartAtMs - now)
      return statusOf(container, { waiting: crashWaiting(stored, container, memory) }, memory)
    }
    const containerID = containerId(stored, container, memory)
    if (isInitial && !behaviour.crashes) {
      const times = { startedAt: isoTime(memory.startedAtMs), finishedAt: isoTime(memory.startedAtMs) }
      return {
        ...statusOf(
          container,
          { terminated: { exitCode: 0, reason: 'Completed', ...times, containerID } },
          memory,
        ),
        ready: true,
        containerID,
      }
    }
    const readyInMs = this.pace.startMs / 2 + behaviour.slowMs - ranMs
    const isReady = readyInMs <= 0 && behaviour.becomesReady && !behaviour.crashes
    if (behaviour.crashes) waits.push(this.pace.startMs - ranMs)
    else if (!isReady && behaviour.becomesReady) waits.push(readyInMs)
    else if (!isReady && container.readinessProbe)
      say('Warning', 'Unhealthy', 'Readiness probe failed: the sandbox keeps this image from getting ready')
    const state = { running: { startedAt: isoTime(memory.startedAtMs) } }
    return { ...statusOf(container, state, memory), ready: isReady, started: true, containerID }
  }

  private failPull(
    container: Container,
    memory: ContainerMemory,
    say: (type: 'Normal' | 'Warning', reason: string, message: string) => void,
    wait: (reason: string, message: string) => ContainerStatus,
  ): ContainerStatus {
    const image = container.image ?? ''
    const error = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`
    const isRetry = memory.pullsFailed++ % 2 === 1
    if (isRetry) {
      say('Normal', 'BackOff', `Back-off pulling image "${image}"`)
      say('Warning', 'Failed', 'Error: ImagePullBackOff')
      return wait(
        'ImagePullBackOff',
        `Back-off pulling image "${image}": ErrImagePull: rpc error: code = NotFound desc = ${error}`,
      )
    }
    say('Normal', 'Pulling', `Pulling image "${image}"`)
    say('Warning', 'Failed', `Failed to pull image "${image}": rpc error: code = NotFound desc = ${error}`)
    say('Warning', 'Failed', 'Error: ErrImagePull')
    return wait('ErrImagePull', `rpc error: code = NotFound desc = ${error}`)
  }

  private memoryOf(uid: string, container: string): ContainerMemory {
    const memories = this.memories.get(uid) ?? new Map<string, ContainerMemory>()
    this.memories.set(uid, memories)
    const memory = memories.get(container) ?? emptyMemory()
    memories.set(container, memory)
    return memory
  }

  private statusOfPod(pod: Pod, containers: ContainerStatus[], initial: ContainerStatus[]): PodStatus {
    const podIP = pod.status?.podIP ?? (isStarted(containers) ? this.nextAddress() : undefined)
    return podStatus(pod, containers, initial, podIP)
  }

  private nextAddress(): string {
    this.addresses = (this.addresses % 65_000) + 1
    return `10.244.${this.addresses >> 8}.${this.addresses & 255}`
  }

  private putStatus(pod: KubeObject, status: PodStatus): void {
    const clean = JSON.parse(JSON.stringify(status)) as PodStatus
    const live = this.store.get(podKind, pod.metadata.namespace, pod.metadata.name)
    if (live && !sameTree([live.spec, live.status], [pod.spec, clean]))
      this.store.put(podKind, { ...live, spec: pod.spec, status: clean })
  }
}
