import type { StatefulSet } from 'kubernetes-types/apps/v1'
import type { ContainerStatus, Event, Pod } from 'kubernetes-types/core/v1'
import type { ObservedState, PodTrouble } from '#lib/domain/installation.ts'
import type { KubernetesObject } from '#lib/domain/kubernetes-object.ts'

const maximumTrouble = 20

/** What the StatefulSet and its pods say, in the words the console understands. */
export function observe(
  statefulSet: KubernetesObject | undefined,
  pods: readonly KubernetesObject[],
  events: readonly KubernetesObject[] = [],
): ObservedState {
  if (!statefulSet) {
    return {
      exists: false,
      replicasWanted: 0,
      replicasReady: 0,
      replicasUpdated: 0,
      isCurrent: true,
      trouble: [],
    }
  }
  const { spec, status, metadata } = statefulSet as unknown as StatefulSet
  const wanted = spec?.replicas ?? 1
  return {
    exists: true,
    replicasWanted: wanted,
    replicasReady: Math.min(status?.readyReplicas ?? 0, status?.replicas ?? 0),
    replicasUpdated: isRolledOut(statefulSet) ? (status?.replicas ?? 0) : (status?.updatedReplicas ?? 0),
    isCurrent: (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 1),
    trouble: findTrouble(statefulSet, pods, events),
  }
}

/** Every pod there is belongs to the latest revision. */
export function isRolledOut(statefulSet: KubernetesObject): boolean {
  const { status, metadata } = statefulSet as unknown as StatefulSet
  if ((status?.observedGeneration ?? 0) < (metadata?.generation ?? 1)) return false
  return (
    status?.currentRevision === status?.updateRevision || status?.updatedReplicas === (status?.replicas ?? 0)
  )
}

export function isReady(pod: KubernetesObject): boolean {
  const { status } = pod as unknown as Pod
  return (status?.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True')
}

/** Reasons that pass by themselves; without anything worse they are not worth a word. */
const ordinary = new Set(['', 'ContainerCreating', 'PodInitializing'])

function findTrouble(
  statefulSet: KubernetesObject,
  pods: readonly KubernetesObject[],
  events: readonly KubernetesObject[],
): PodTrouble[] {
  const found = pods.flatMap((pod) => (isReady(pod) ? [] : (podTrouble(pod, events) ?? [])))
  const name = statefulSet.metadata.name
  const failedCreate = latestWarning(events, statefulSet.metadata.uid)
  // Quota, PodSecurity and the like leave no pod to ask: only the StatefulSet's own event says why.
  if (failedCreate?.reason === 'FailedCreate') found.push(trouble(name, 'FailedCreate', failedCreate.message))
  return found.slice(0, maximumTrouble)
}

function podTrouble(object: KubernetesObject, events: readonly KubernetesObject[]): PodTrouble | null {
  const { metadata, status } = object as unknown as Pod
  const name = metadata?.name ?? ''
  for (const container of [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]) {
    const waiting = container.state?.waiting
    if (waiting && !ordinary.has(waiting.reason ?? '')) {
      return trouble(name, waiting.reason ?? '', waiting.message ?? describeLastEnd(container))
    }
    const ended = container.state?.terminated
    if (ended && ended.exitCode !== 0) {
      return trouble(name, ended.reason ?? 'Error', ended.message ?? `exit code ${ended.exitCode}`)
    }
  }
  const scheduled = (status?.conditions ?? []).find(({ type }) => type === 'PodScheduled')
  if (scheduled?.status === 'False') {
    return trouble(name, scheduled.reason ?? 'Unschedulable', scheduled.message)
  }
  if (status?.reason) return trouble(name, status.reason, status.message)
  const warning = latestWarning(events, metadata?.uid)
  return warning ? trouble(name, warning.reason ?? 'Warning', warning.message) : null
}

function describeLastEnd({ lastState }: ContainerStatus): string | undefined {
  const ended = lastState?.terminated
  return ended
    ? `the container ended with exit code ${ended.exitCode} (${ended.reason ?? 'Error'})`
    : undefined
}

function latestWarning(events: readonly KubernetesObject[], uid: string | undefined): Event | undefined {
  const about = (events as unknown as Event[]).filter(
    (event) => event.type === 'Warning' && uid !== undefined && event.involvedObject.uid === uid,
  )
  const moment = (event: Event) => event.lastTimestamp ?? event.eventTime ?? event.firstTimestamp ?? ''
  return about.sort((a, b) => moment(b).localeCompare(moment(a)))[0]
}

const trouble = (pod: string, reason: string, message: string | undefined): PodTrouble => ({
  pod: pod.slice(0, 253),
  reason: reason.slice(0, 256),
  message: (message ?? '').slice(0, 4096),
})
