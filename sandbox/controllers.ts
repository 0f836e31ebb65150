import { randomBytes } from 'node:crypto'
import type { PersistentVolume, PersistentVolumeClaim, Pod } from 'kubernetes-types/core/v1'
import { Kubelet, type Pace } from './kubelet.ts'
import { kindNamed, kinds } from './kinds.ts'
import { quantity } from './rules.ts'
import { StatefulSetController, type Announce } from './stateful-sets.ts'
import { StatusError } from './status-errors.ts'
import type { Change, Store } from './store.ts'
import type { KubeObject } from './trees.ts'
import { timestamp, type ObjectWriter } from './write-objects.ts'

const claimKind = kindNamed('PersistentVolumeClaim')
const volumeKind = kindNamed('PersistentVolume')
const podKind = kindNamed('Pod')
const eventKind = kindNamed('Event')
const namespaceKind = kindNamed('Namespace')

/** Runs what a cluster runs beside its API server; answers how to stop it. */
export function startControllers(store: Store, writer: ObjectWriter, pace: Pace): () => void {
  const announce = eventWriter(store, writer)
  const sets = new StatefulSetController(store, writer, announce)
  const kubelet = new Kubelet(store, writer, announce, pace)
  const woken = new Set<string>()
  const timers = new Set<NodeJS.Timeout>()
  let isClosed = false

  const wakeSet = (namespace: string, name: string, afterMs = 0): void => {
    const key = `${namespace}/${name}`
    if (isClosed || woken.has(`${key}@${afterMs > 0}`)) return
    woken.add(`${key}@${afterMs > 0}`)
    const timer = setTimeout(() => {
      timers.delete(timer)
      woken.delete(`${key}@${afterMs > 0}`)
      sets.reconcile(namespace, name)
      const live = store.get(kindNamed('StatefulSet'), namespace, name) as
        { spec?: { minReadySeconds?: number } } | undefined
      if (live?.spec?.minReadySeconds) wakeSet(namespace, name, 500)
    }, afterMs)
    timers.add(timer)
  }
  const pending = new Set<string>()
  const later = (name: string, act: () => void): void => {
    if (isClosed || pending.has(name)) return
    pending.add(name)
    setImmediate(() => {
      pending.delete(name)
      if (!isClosed) act()
    })
  }
  const react = ({ type, kind, object, previous }: Change): void => {
    const { namespace = '', name, ownerReferences = [] } = object.metadata
    if (kind.kind === 'StatefulSet' && type !== 'DELETED') wakeSet(namespace, name)
    if (kind === podKind) {
      kubelet.notice(type, object, previous)
      for (const owner of ownerReferences) if (owner.kind === 'StatefulSet') wakeSet(namespace, owner.name)
    }
    if (kind === claimKind || kind === volumeKind || (kind === podKind && type === 'DELETED'))
      later('claims', () => tendClaims(store, writer))
    if (kind === namespaceKind && type === 'ADDED')
      later(`root/${name}`, () => addRootCertificate(store, writer, name))
    if (object.metadata.deletionTimestamp || type === 'DELETED' || ownerReferences.length > 0)
      later('garbage', () => collectGarbage(store, writer))
  }
  const leave = store.subscribe(react)
  return () => {
    isClosed = true
    leave()
    kubelet.close()
    for (const timer of timers) clearTimeout(timer)
  }
}

/** Deletes what has no owner left, ends foreground and orphan deletions, and empties terminating namespaces. */
function collectGarbage(store: Store, writer: ObjectWriter): void {
  const all = store.everything()
  const alive = new Set(all.map(({ object }) => object.metadata.uid))
  const isDying = new Map(
    all.map(({ object }) => [
      object.metadata.uid,
      object.metadata.finalizers?.includes('foregroundDeletion') && object.metadata.deletionTimestamp,
    ]),
  )
  for (const { kind, object } of all) {
    const { namespace, name, ownerReferences = [], deletionTimestamp } = object.metadata
    const living = ownerReferences.filter((owner) => alive.has(owner.uid) && !isDying.get(owner.uid))
    if (ownerReferences.length > 0 && living.length === 0 && !deletionTimestamp)
      writer.remove(kind, namespace, name, { dryRun: false })
    else if (living.length > 0 && living.length < ownerReferences.length)
      writer.update(kind, namespace, name, (live) => ({
        ...live,
        metadata: { ...live.metadata, ownerReferences: living },
      }))
    if (!deletionTimestamp) continue
    const dependents = all.filter(
      (other) =>
        store.get(other.kind, other.object.metadata.namespace, other.object.metadata.name) &&
        other.object.metadata.ownerReferences?.some((owner) => owner.uid === object.metadata.uid),
    )
    const dropFinalizer = (finalizer: string): void =>
      void (
        store.get(kind, namespace, name) &&
        writer.update(kind, namespace, name, (live) => ({
          ...live,
          metadata: {
            ...live.metadata,
            finalizers: live.metadata.finalizers?.filter((one) => one !== finalizer),
          },
        }))
      )
    if (object.metadata.finalizers?.includes('foregroundDeletion') && dependents.length === 0)
      dropFinalizer('foregroundDeletion')
    if (object.metadata.finalizers?.includes('orphan')) {
      for (const { kind: dependentKind, object: dependent } of dependents)
        writer.update(dependentKind, dependent.metadata.namespace, dependent.metadata.name, (live) => ({
          ...live,
          metadata: {
            ...live.metadata,
            ownerReferences: live.metadata.ownerReferences?.filter(
              (owner) => owner.uid !== object.metadata.uid,
            ),
          },
        }))
      dropFinalizer('orphan')
    }
    if (kind === namespaceKind) emptyNamespace(store, writer, object)
  }
}

function emptyNamespace(store: Store, writer: ObjectWriter, namespace: KubeObject): void {
  const { name } = namespace.metadata
  const content = kinds
    .filter((kind) => kind.namespaced)
    .flatMap((kind) => store.list(kind, name).map((object) => ({ kind, object })))
  for (const { kind, object } of content)
    if (!object.metadata.deletionTimestamp) writer.remove(kind, name, object.metadata.name, { dryRun: false })
  if (content.every(({ kind, object }) => !store.get(kind, name, object.metadata.name)))
    writer.finish(namespaceKind, namespace)
}

/** Each namespace of a real cluster holds this ConfigMap from its first moment on. */
function addRootCertificate(store: Store, writer: ObjectWriter, namespace: string): void {
  const kind = kindNamed('ConfigMap')
  if (!store.namespace(namespace) || store.get(kind, namespace, 'kube-root-ca.crt')) return
  writer.create(kind, namespace, { metadata: { name: 'kube-root-ca.crt' }, data: { 'ca.crt': '' } })
}

/** Binds claims to volumes, provisions for the default class, and lets go of claims and volumes nobody uses. */
function tendClaims(store: Store, writer: ObjectWriter): void {
  for (const stored of store.list(claimKind)) {
    const { namespace, name, deletionTimestamp } = stored.metadata
    const claim = stored as unknown as PersistentVolumeClaim
    if (deletionTimestamp && stored.metadata.finalizers?.includes('kubernetes.io/pvc-protection')) {
      const pods = store.list(podKind, namespace) as unknown as Pod[]
      const isUsed = pods.some((pod) =>
        pod.spec?.volumes?.some((volume) => volume.persistentVolumeClaim?.claimName === name),
      )
      if (!isUsed)
        writer.update(claimKind, namespace, name, (live) => ({
          ...live,
          metadata: {
            ...live.metadata,
            finalizers: live.metadata.finalizers?.filter((one) => one !== 'kubernetes.io/pvc-protection'),
          },
        }))
    } else if (claim.status?.phase === 'Pending') bindClaim(store, writer, stored, claim)
  }
  for (const stored of store.list(volumeKind)) {
    const volume = stored as unknown as PersistentVolume
    const { claimRef } = volume.spec ?? {}
    const isHeld = claimRef?.uid && store.hasUid(claimRef.uid)
    if (!claimRef && volume.status?.phase === 'Pending')
      store.put(volumeKind, { ...stored, status: { phase: 'Available' } })
    else if (claimRef?.uid && !isHeld && volume.status?.phase === 'Bound') {
      if (volume.spec?.persistentVolumeReclaimPolicy === 'Delete')
        writer.remove(volumeKind, undefined, stored.metadata.name, { dryRun: false })
      else store.put(volumeKind, { ...stored, status: { phase: 'Released' } })
    }
  }
}

function bindClaim(
  store: Store,
  writer: ObjectWriter,
  stored: KubeObject,
  claim: PersistentVolumeClaim,
): void {
  const { namespace = '', name, uid = '' } = stored.metadata
  const { volumeName, storageClassName, resources, accessModes } = claim.spec ?? {}
  const storage = resources?.requests?.storage ?? ''
  const claimRef = { kind: 'PersistentVolumeClaim', apiVersion: 'v1', namespace, name, uid }
  let chosen = store.list(volumeKind).find((object) => {
    const { spec, status, metadata } = object as unknown as PersistentVolume
    if (volumeName)
      return (
        metadata?.name === volumeName &&
        (!spec?.claimRef || spec.claimRef.name === name) &&
        status?.phase !== 'Released'
      )
    if (spec?.claimRef || status?.phase === 'Released' || (spec?.storageClassName ?? '') !== storageClassName)
      return false
    return (
      quantity(String(spec?.capacity?.storage ?? 0)) >= quantity(storage) &&
      (accessModes ?? []).every((mode) => spec?.accessModes?.includes(mode))
    )
  })
  if (!chosen && !volumeName && storageClassName === 'standard')
    chosen = writer.create(volumeKind, undefined, {
      metadata: { name: `pvc-${uid}` },
      spec: {
        capacity: { storage },
        accessModes,
        storageClassName,
        persistentVolumeReclaimPolicy: 'Delete',
        hostPath: { path: `/volumes/${uid}`, type: '' },
      },
    })
  if (!chosen) return
  const spec = { ...(chosen as unknown as PersistentVolume).spec, claimRef }
  store.put(volumeKind, { ...chosen, spec, status: { phase: 'Bound' } })
  const capacity = spec.capacity
  store.put(claimKind, {
    ...stored,
    spec: { ...claim.spec, volumeName: chosen.metadata.name },
    status: { phase: 'Bound', accessModes, capacity },
  })
}

const mostEvents = 2000

function eventWriter(store: Store, writer: ObjectWriter): Announce {
  /** The event that says a thing of an object; saying it again counts up, as the real recorder does. */
  const said = new Map<string, KubeObject>()
  return (about, type, reason, message, component) => {
    const { name, namespace = 'default', uid, resourceVersion } = about.metadata
    const at = timestamp()
    const key = JSON.stringify([uid, reason, message])
    const known = said.get(key)
    const live = known && store.get(eventKind, namespace, known.metadata.name)
    if (live) {
      store.put(eventKind, { ...live, count: Number(live.count) + 1, lastTimestamp: at })
      return
    }
    for (const [oldest, event] of said) {
      if (said.size < mostEvents) break
      said.delete(oldest)
      if (store.get(eventKind, event.metadata.namespace, event.metadata.name)) store.remove(eventKind, event)
    }
    const { apiVersion, kind } = about
    const event = {
      metadata: { name: `${name}.${randomBytes(8).toString('hex')}` },
      involvedObject: { apiVersion, kind, name, namespace, uid, resourceVersion },
      type,
      reason,
      message,
      count: 1,
      firstTimestamp: at,
      lastTimestamp: at,
      source: { component },
      reportingComponent: component,
      reportingInstance: '',
    }
    try {
      said.set(key, writer.create(eventKind, namespace, JSON.parse(JSON.stringify(event))))
    } catch (error) {
      // A namespace on its way out takes no more events.
      if (!(error instanceof StatusError)) throw error
    }
  }
}
