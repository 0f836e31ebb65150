import { createHash } from 'node:crypto'
import type { StatefulSet, StatefulSetStatus } from 'kubernetes-types/apps/v1'
import type { Pod, PodTemplateSpec } from 'kubernetes-types/core/v1'
import { kindNamed } from './kinds.ts'
import type { Announce } from './record-events.ts'
import { selectorMatches } from './selectors.ts'
import type { Store } from './store.ts'
import { sameTree, type KubeObject, type OwnerReference } from './trees.ts'
import type { ObjectWriter } from './write-objects.ts'

const setKind = kindNamed('StatefulSet')
const podKind = kindNamed('Pod')
const claimKind = kindNamed('PersistentVolumeClaim')
const revisionLabel = 'controller-revision-hash'

interface Replica {
  ordinal: number
  revision: string
  pod: Pod | undefined
}

/**
 * The StatefulSet controller, after pkg/controller/statefulset/stateful_set_control.go of Kubernetes 1.32. Under
 * OrderedReady every step waits until each replica before it runs and is ready. That wait comes before the look at
 * revisions, so a pod of a broken revision that never becomes ready is not replaced when the template is corrected,
 * until somebody deletes it: Kubernetes' known behaviour, kept on purpose.
 */
export class StatefulSetController {
  private readonly store: Store
  private readonly writer: ObjectWriter
  private readonly announce: Announce
  /** Templates by uid of the set and revision name: what Kubernetes keeps as ControllerRevisions. */
  private readonly revisions = new Map<string, Map<string, PodTemplateSpec>>()

  constructor(store: Store, writer: ObjectWriter, announce: Announce) {
    this.store = store
    this.writer = writer
    this.announce = announce
  }

  /** One pass over one set: at most one step of an ordered set, every step of a parallel one. */
  reconcile(namespace: string, name: string): void {
    const stored = this.store.get(setKind, namespace, name)
    if (!stored) return
    const set = structuredClone(stored) as unknown as StatefulSet
    const updateRevision = this.rememberRevision(stored, set)
    const known = this.revisions.get(stored.metadata.uid ?? '')
    const currentRevision = known?.has(set.status?.currentRevision ?? '')
      ? (set.status?.currentRevision ?? '')
      : updateRevision
    if (!stored.metadata.deletionTimestamp) this.adoptOrphans(stored, set)
    if (!stored.metadata.deletionTimestamp) this.step(stored, set, currentRevision, updateRevision)
    this.writeStatus(stored, set, currentRevision, updateRevision)
  }

  /** A set that is gone needs its revisions no more. */
  forget(uid: string): void {
    this.revisions.delete(uid)
  }

  /** Takes pods over that carry the set's labels and a name of its, and that nobody controls: what an orphaning deletion left. */
  private adoptOrphans(stored: KubeObject, set: StatefulSet): void {
    const { name, namespace } = stored.metadata
    for (const pod of this.store.list(podKind, namespace)) {
      const { labels = {}, ownerReferences = [], deletionTimestamp } = pod.metadata
      if (deletionTimestamp || ownerReferences.some((owner) => owner.controller)) continue
      const isNamedSo = pod.metadata.name === `${name}-${ordinalOf(pod as unknown as Pod)}`
      if (!isNamedSo || !selectorMatches(set.spec?.selector, labels)) continue
      const metadata = { ...pod.metadata, ownerReferences: [...ownerReferences, ownerOf(stored)] }
      this.store.put(podKind, { ...pod, metadata })
    }
  }

  private rememberRevision(stored: KubeObject, set: StatefulSet): string {
    const text = JSON.stringify(sorted(set.spec?.template))
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 10)
    const name = `${stored.metadata.name}-${hash}`
    const known = this.revisions.get(stored.metadata.uid ?? '') ?? new Map<string, PodTemplateSpec>()
    if (set.spec) known.set(name, set.spec.template)
    this.revisions.set(stored.metadata.uid ?? '', known)
    return name
  }

  private podsOf(stored: KubeObject): Pod[] {
    return this.store
      .list(podKind, stored.metadata.namespace)
      .filter((pod) =>
        pod.metadata.ownerReferences?.some((owner) => owner.uid === stored.metadata.uid),
      ) as unknown as Pod[]
  }

  private step(stored: KubeObject, set: StatefulSet, currentRevision: string, updateRevision: string): void {
    const { spec } = set
    if (!spec) return
    const start = spec.ordinals?.start ?? 0
    const wanted = spec.replicas ?? 1
    const pods = this.podsOf(stored)
    const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0
    const minReady = spec.minReadySeconds ?? 0
    const isOrdered = spec.podManagementPolicy !== 'Parallel'
    const replicas: Replica[] = Array.from({ length: wanted }, (_, index) => {
      const pod = pods.find((one) => ordinalOf(one) === start + index)
      const isOfCurrent = spec.updateStrategy?.type === 'RollingUpdate' && start + index < start + partition
      const currentReplicas = set.status?.currentReplicas ?? 0
      const isKept = spec.updateStrategy?.rollingUpdate === undefined ? index < currentReplicas : isOfCurrent
      return {
        ordinal: start + index,
        revision: pod ? revisionOf(pod) : isKept ? currentRevision : updateRevision,
        pod,
      }
    })
    const condemned = pods
      .filter((pod) => ordinalOf(pod) < start || ordinalOf(pod) >= start + wanted)
      .sort((one, other) => ordinalOf(other) - ordinalOf(one))
    const firstUnhealthy = [...replicas.map(({ pod }) => pod), ...condemned.toReversed()].find(
      (pod) => !isAvailable(pod, minReady),
    )

    for (const replica of replicas) {
      const { pod } = replica
      if (pod?.status?.phase === 'Failed' || pod?.status?.phase === 'Succeeded') {
        if (!pod.metadata?.deletionTimestamp) this.deletePod(stored, pod)
        if (isOrdered) return
        continue
      }
      if (!pod) {
        this.createPod(stored, set, replica)
        if (isOrdered) return
        continue
      }
      if (isOrdered && (pod.metadata?.deletionTimestamp || !isAvailable(pod, minReady))) return
    }
    for (const pod of condemned) {
      if (pod.metadata?.deletionTimestamp) {
        if (isOrdered) return
        continue
      }
      if (isOrdered && !isAvailable(pod, minReady) && pod !== firstUnhealthy) return
      this.deletePod(stored, pod)
      if (isOrdered) return
    }
    if (spec.updateStrategy?.type === 'OnDelete') return
    for (const { pod } of replicas.slice(Math.min(partition, wanted)).toReversed()) {
      if (pod && revisionOf(pod) !== updateRevision && !pod.metadata?.deletionTimestamp)
        return this.deletePod(stored, pod)
      if (!isAvailable(pod, minReady)) return
    }
  }

  private createPod(stored: KubeObject, set: StatefulSet, { ordinal, revision }: Replica): void {
    const { namespace = '', uid = '' } = stored.metadata
    const template = this.revisions.get(uid)?.get(revision) ?? set.spec?.template
    if (!template) return
    const name = `${stored.metadata.name}-${ordinal}`
    const claims = set.spec?.volumeClaimTemplates ?? []
    const spec = structuredClone(template.spec ?? { containers: [] })
    const claimed = claims.map(({ metadata }) => ({
      name: metadata?.name ?? '',
      persistentVolumeClaim: { claimName: `${metadata?.name}-${name}` },
    }))
    const rest = (spec.volumes ?? []).filter((volume) => !claimed.some((one) => one.name === volume.name))
    if (claimed.length > 0) spec.volumes = [...claimed, ...rest]
    for (const claim of claims) {
      const claimName = `${claim.metadata?.name}-${name}`
      if (this.store.get(claimKind, namespace, claimName)) continue
      const labels = { ...claim.metadata?.labels, ...set.spec?.selector.matchLabels }
      const { status: _, ...wanted } = structuredClone(claim)
      this.attempt(stored, `create Claim ${claimName}`, () =>
        this.writer.create(claimKind, namespace, {
          ...wanted,
          metadata: { ...claim.metadata, name: claimName, namespace, labels },
        }),
      )
    }
    const labels = {
      ...template.metadata?.labels,
      [revisionLabel]: revision,
      'statefulset.kubernetes.io/pod-name': name,
      'apps.kubernetes.io/pod-index': String(ordinal),
    }
    const metadata = {
      name,
      namespace,
      generateName: `${stored.metadata.name}-`,
      labels,
      annotations: template.metadata?.annotations,
      ownerReferences: [ownerOf(stored)],
    }
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      spec: { ...spec, hostname: name, subdomain: set.spec?.serviceName },
    }
    this.attempt(stored, `create Pod ${name}`, () =>
      this.writer.create(podKind, namespace, JSON.parse(JSON.stringify(pod))),
    )
  }

  private deletePod(stored: KubeObject, pod: Pod): void {
    const name = pod.metadata?.name ?? ''
    this.attempt(stored, `delete Pod ${name}`, () =>
      this.writer.remove(podKind, stored.metadata.namespace, name, { dryRun: false }),
    )
  }

  private attempt(stored: KubeObject, what: string, act: () => unknown): void {
    const verb = what.startsWith('create') ? 'Create' : 'Delete'
    try {
      act()
      this.announce(
        stored,
        'Normal',
        `Successful${verb}`,
        `${what} in StatefulSet ${stored.metadata.name} successful`,
        'statefulset-controller',
      )
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      this.announce(
        stored,
        'Warning',
        `Failed${verb}`,
        `${what} in StatefulSet ${stored.metadata.name} failed error: ${why}`,
        'statefulset-controller',
      )
    }
  }

  private writeStatus(
    stored: KubeObject,
    set: StatefulSet,
    currentRevision: string,
    updateRevision: string,
  ): void {
    const live = this.store.get(setKind, stored.metadata.namespace, stored.metadata.name)
    if (!live) return
    const pods = this.podsOf(stored)
    const living = pods.filter((pod) => !pod.metadata?.deletionTimestamp)
    const minReady = set.spec?.minReadySeconds ?? 0
    const wanted = set.spec?.replicas ?? 1
    const status: StatefulSetStatus = {
      observedGeneration: stored.metadata.generation,
      replicas: pods.length,
      readyReplicas: pods.filter(isReady).length,
      availableReplicas: pods.filter((pod) => isAvailable(pod, minReady)).length,
      currentReplicas: living.filter((pod) => revisionOf(pod) === currentRevision).length,
      updatedReplicas: living.filter((pod) => revisionOf(pod) === updateRevision).length,
      currentRevision,
      updateRevision,
      collisionCount: 0,
    }
    const { replicas, readyReplicas, updatedReplicas } = status
    const isComplete = [replicas, readyReplicas, updatedReplicas].every((count) => count === wanted)
    if (set.spec?.updateStrategy?.type === 'RollingUpdate' && isComplete) {
      status.currentReplicas = status.updatedReplicas
      status.currentRevision = updateRevision
    }
    // Kubernetes leaves counts of zero out of the JSON, but for replicas and availableReplicas.
    for (const name of ['readyReplicas', 'currentReplicas', 'updatedReplicas'] as const)
      if (status[name] === 0) delete status[name]
    if (!sameTree(status, live.status)) this.store.put(setKind, { ...live, status })
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  )
}

function ownerOf({ apiVersion, kind, metadata: { name, uid = '' } }: KubeObject): OwnerReference {
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }
}

function ordinalOf(pod: Pod): number {
  return Number(/-(\d+)$/.exec(pod.metadata?.name ?? '')?.[1] ?? -1)
}

function revisionOf(pod: Pod): string {
  return pod.metadata?.labels?.[revisionLabel] ?? ''
}

function isReady(pod: Pod | undefined): boolean {
  return (
    pod?.status?.phase === 'Running' &&
    pod.status.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') === true
  )
}

function isAvailable(pod: Pod | undefined, minReadySeconds: number): boolean {
  if (!isReady(pod) || pod?.metadata?.deletionTimestamp) return false
  const since = pod?.status?.conditions?.find((one) => one.type === 'Ready')?.lastTransitionTime
  return Date.now() - Date.parse(String(since)) >= minReadySeconds * 1000
}
