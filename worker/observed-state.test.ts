import { describe, expect, it } from 'vitest'
import type { KubernetesObject } from '#lib/domain/kubernetes-object.ts'
import { observe } from './observed-state.ts'

const statefulSet = (status: object, spec: object = { replicas: 2 }): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'jdbc', uid: 'set', generation: 2 },
  spec,
  status: { observedGeneration: 2, currentRevision: 'a', updateRevision: 'a', ...status },
})
const pod = (status: object): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'jdbc-0', uid: 'pod' },
  status,
})
const warning = (uid: string, reason: string, message: string, lastTimestamp = '2026-01-01T00:00:00Z') =>
  ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${uid}.${reason}` },
    type: 'Warning',
    involvedObject: { uid },
    reason,
    message,
    lastTimestamp,
  }) satisfies KubernetesObject

describe('what is observed', () => {
  it('says when nothing is there', () => {
    expect(observe(undefined, [])).toMatchObject({ exists: false, replicasWanted: 0, replicasReady: 0 })
  })

  it('counts ready replicas and those of the latest revision', () => {
    const rolling = statefulSet({ replicas: 2, readyReplicas: 1, updatedReplicas: 1, updateRevision: 'b' })
    expect(observe(rolling, [])).toMatchObject({
      replicasWanted: 2,
      replicasReady: 1,
      replicasUpdated: 1,
      isCurrent: true,
    })
    const done = statefulSet({ replicas: 2, readyReplicas: 2 })
    expect(observe(done, [])).toMatchObject({ replicasReady: 2, replicasUpdated: 2 })
    expect(observe(statefulSet({ observedGeneration: 1 }), []).isCurrent).toBe(false)
  })

  it.each<[string, object, string, string]>([
    [
      'an image that cannot be pulled',
      { containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff', message: 'no such tag' } } }] },
      'ImagePullBackOff',
      'no such tag',
    ],
    [
      'a container that keeps crashing',
      {
        containerStatuses: [
          {
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: { terminated: { exitCode: 3, reason: 'Error' } },
          },
        ],
      },
      'CrashLoopBackOff',
      'the container ended with exit code 3 (Error)',
    ],
    [
      'a pod no node can take',
      {
        conditions: [
          { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes' },
        ],
      },
      'Unschedulable',
      '0/3 nodes',
    ],
    ['an evicted pod', { reason: 'Evicted', message: 'low on memory' }, 'Evicted', 'low on memory'],
  ])('names %s in the words of Kubernetes', (_, status, reason, message) => {
    expect(observe(statefulSet({}), [pod(status)]).trouble).toEqual([{ pod: 'jdbc-0', reason, message }])
  })

  it('takes the latest warning where the pod itself says nothing', () => {
    const creating = pod({ containerStatuses: [{ state: { waiting: { reason: 'ContainerCreating' } } }] })
    const events = [
      warning('pod', 'FailedMount', 'configmap "a" not found', '2026-01-01T00:00:02Z'),
      warning('pod', 'Other', 'older', '2026-01-01T00:00:01Z'),
      warning('another', 'FailedMount', 'not about us', '2026-01-01T00:00:09Z'),
    ]
    expect(observe(statefulSet({}), [creating]).trouble).toEqual([])
    expect(observe(statefulSet({}), [creating], events).trouble).toEqual([
      { pod: 'jdbc-0', reason: 'FailedMount', message: 'configmap "a" not found' },
    ])
  })

  it('tells why there is no pod at all', () => {
    const events = [warning('set', 'FailedCreate', 'exceeded quota')]
    expect(observe(statefulSet({}), [], events).trouble).toEqual([
      { pod: 'jdbc', reason: 'FailedCreate', message: 'exceeded quota' },
    ])
  })

  it('finds no fault with a pod that is ready', () => {
    const ready = pod({
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [{ state: { waiting: { reason: 'CrashLoopBackOff' } } }],
    })
    expect(observe(statefulSet({}), [ready]).trouble).toEqual([])
  })
})
