import { collectGarbage } from './collect-garbage.ts'
import { Kubelet, type Pace } from './kubelet.ts'
import { kindNamed } from './kinds.ts'
import { eventWriter } from './record-events.ts'
import { StatefulSetController } from './stateful-sets.ts'
import { StatusError } from './status-errors.ts'
import type { Change, Store } from './store.ts'
import { tendClaims } from './tend-claims.ts'
import type { ObjectWriter } from './write-objects.ts'

const setKind = kindNamed('StatefulSet')
const podKind = kindNamed('Pod')
const mapKind = kindNamed('ConfigMap')

/** Kinds that pods wait for. */
const references = new Set(['ConfigMap', 'Secret', 'PersistentVolumeClaim'])

/** Runs what a cluster runs beside its API server, each piece of work soon after the change that asks for it; answers how to stop it. */
export function startControllers(store: Store, writer: ObjectWriter, pace: Pace): () => void {
  const announce = eventWriter(store, writer)
  const sets = new StatefulSetController(store, writer, announce)
  const kubelet = new Kubelet(store, writer, announce, pace)
  const pending = new Map<string, NodeJS.Timeout>()

  /** Work asked for again before it was done is done once. */
  const soon = (name: string, act: () => void, afterMs = 0): void => {
    if (pending.has(name)) return
    const run = (): void => {
      pending.delete(name)
      try {
        act()
      } catch (error) {
        // A write of somebody else came between; that change asks for the work again.
        if (!(error instanceof StatusError)) throw error
      }
    }
    pending.set(name, setTimeout(run, afterMs))
  }
  const reconcile = (namespace: string, name: string): void => {
    sets.reconcile(namespace, name)
    // Becoming available is a matter of time alone where minReadySeconds is set.
    const live = store.get(setKind, namespace, name) as { spec?: { minReadySeconds?: number } } | undefined
    if (live?.spec?.minReadySeconds) soon(`later ${namespace}/${name}`, () => reconcile(namespace, name), 500)
  }
  const react = ({ type, kind, object, previous }: Change): void => {
    const { namespace = '', name, uid = '', ownerReferences = [], deletionTimestamp } = object.metadata
    const wakeSet = (set: string): void => soon(`set ${namespace}/${set}`, () => reconcile(namespace, set))
    if (kind === setKind && type === 'DELETED') sets.forget(uid)
    else if (kind === setKind) wakeSet(name)
    if (kind === podKind) {
      kubelet.notice(type, object, previous)
      for (const owner of ownerReferences) if (owner.kind === 'StatefulSet') wakeSet(owner.name)
    }
    if (references.has(kind.kind)) kubelet.noticeReference(namespace)
    const isOfStorage = kind.kind.startsWith('PersistentVolume') || (kind === podKind && type === 'DELETED')
    if (isOfStorage) soon('claims', () => tendClaims(store, writer, announce))
    if (kind.kind === 'Namespace' && type === 'ADDED')
      soon(`root ${name}`, () => addRootCertificate(store, writer, name))
    if (deletionTimestamp || type === 'DELETED' || ownerReferences.length > 0)
      soon('garbage', () => collectGarbage(store, writer))
  }
  const leave = store.subscribe(react)
  return () => {
    leave()
    kubelet.close()
    for (const timer of pending.values()) clearTimeout(timer)
  }
}

/** Each namespace of a real cluster holds this ConfigMap from its first moment on. */
function addRootCertificate(store: Store, writer: ObjectWriter, namespace: string): void {
  const isGoing = store.namespace(namespace)?.metadata.deletionTimestamp !== undefined
  if (isGoing || !store.namespace(namespace) || store.get(mapKind, namespace, 'kube-root-ca.crt')) return
  writer.create(mapKind, namespace, { metadata: { name: 'kube-root-ca.crt' }, data: { 'ca.crt': '' } })
}
