import { kindNamed, type Kind } from './kinds.ts'
import { StatusError } from './status-errors.ts'
import type { KubeObject } from './trees.ts'

export interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  resourceVersion: number
  kind: Kind
  object: KubeObject
  /** What it was before; tells a watcher with a selector that an object came into or left its sight. */
  previous?: KubeObject
}

/** Changes kept for watches that resume; older resource versions are answered 410. */
const keptChanges = 5000

/** The objects, one counter of resource versions over all of them, and the log that watches read. */
export class Store {
  resourceVersion = 1
  private readonly objects = new Map<Kind, Map<string, KubeObject>>()
  private readonly byUid = new Map<string, KubeObject>()
  private readonly listeners = new Set<(change: Change) => void>()
  private changes: Change[] = []
  private oldest = 1

  get(kind: Kind, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.objects.get(kind)?.get(keyOf(kind, namespace, name))
  }

  /** All of a kind in order of namespace and name, of one namespace where it is given. */
  list(kind: Kind, namespace?: string): KubeObject[] {
    return [...(this.objects.get(kind) ?? [])]
      .filter(([key]) => namespace === undefined || key.startsWith(`${namespace}/`))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, object]) => object)
  }

  everything(): { kind: Kind; object: KubeObject }[] {
    return [...this.objects].flatMap(([kind, objects]) =>
      [...objects.values()].map((object) => ({ kind, object })),
    )
  }

  withUid(uid: string): KubeObject | undefined {
    return this.byUid.get(uid)
  }

  /** Stores a new state, which gets the next resource version; what is stored is never changed in place. */
  put(kind: Kind, object: KubeObject): KubeObject {
    const { namespace, name } = object.metadata
    const previous = this.get(kind, namespace, name)
    const stored = {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(++this.resourceVersion) },
    }
    const ofKind = this.objects.get(kind) ?? new Map<string, KubeObject>()
    this.objects.set(kind, ofKind.set(keyOf(kind, namespace, name), stored))
    this.byUid.set(stored.metadata.uid ?? '', stored)
    this.announce({ type: previous ? 'MODIFIED' : 'ADDED', kind, object: stored, previous })
    return stored
  }

  remove(kind: Kind, object: KubeObject): KubeObject {
    const { namespace, name } = object.metadata
    const last = {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(++this.resourceVersion) },
    }
    this.objects.get(kind)?.delete(keyOf(kind, namespace, name))
    this.byUid.delete(last.metadata.uid ?? '')
    this.announce({ type: 'DELETED', kind, object: last, previous: object })
    return last
  }

  private announce(change: Omit<Change, 'resourceVersion'>): void {
    const numbered = { ...change, resourceVersion: this.resourceVersion }
    this.changes.push(numbered)
    if (this.changes.length > keptChanges)
      this.forgetUntil(this.changes[keptChanges / 2]?.resourceVersion ?? 0)
    for (const listener of this.listeners) listener(numbered)
  }

  /** Drops the log up to a resource version, as the real server's compaction does. */
  forgetUntil(resourceVersion: number): void {
    this.changes = this.changes.filter((change) => change.resourceVersion > resourceVersion)
    this.oldest = resourceVersion
  }

  changesSince(resourceVersion: number): Change[] {
    this.refuseExpired(resourceVersion)
    return this.changes.filter((change) => change.resourceVersion > resourceVersion)
  }

  refuseExpired(resourceVersion: number): void {
    if (resourceVersion < this.oldest)
      throw new StatusError(410, 'Expired', `too old resource version: ${resourceVersion} (${this.oldest})`)
  }

  subscribe(listener: (change: Change) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  namespace(name: string): KubeObject | undefined {
    return this.get(kindNamed('Namespace'), undefined, name)
  }
}

function keyOf(kind: Kind, namespace: string | undefined, name: string): string {
  return `${kind.namespaced ? (namespace ?? '') : ''}/${name}`
}
