import { kindNamed, kinds, type Kind } from './kinds.ts'
import type { Store } from './store.ts'
import type { KubeObject, OwnerReference } from './trees.ts'
import type { ObjectWriter } from './write-objects.ts'

const namespaceKind = kindNamed('Namespace')

/** Deletes what has no owner left, ends foreground and orphan deletions, and empties terminating namespaces. */
export function collectGarbage(store: Store, writer: ObjectWriter): void {
  for (const { kind, object } of store.everything()) {
    const { namespace, name, uid, ownerReferences = [], deletionTimestamp, finalizers = [] } = object.metadata
    // What was read of the store may have gone, or changed, by what this same pass did.
    const live = store.get(kind, namespace, name)
    if (live?.metadata.resourceVersion !== object.metadata.resourceVersion) continue
    if (ownerReferences.length > 0 && !deletionTimestamp) dropLostOwners(store, writer, kind, object)
    if (!deletionTimestamp) continue
    const dependents = store
      .everything()
      .filter((other) => other.object.metadata.ownerReferences?.some((owner) => owner.uid === uid))
    if (finalizers.includes('orphan'))
      for (const dependent of dependents)
        setOwners(writer, dependent.kind, dependent.object, (owner) => owner.uid !== uid)
    if (finalizers.includes('orphan')) dropFinalizer(writer, kind, object, 'orphan')
    else if (finalizers.includes('foregroundDeletion') && dependents.length === 0)
      dropFinalizer(writer, kind, object, 'foregroundDeletion')
    if (kind === namespaceKind) emptyNamespace(store, writer, object)
  }
}

/** An owner that is gone, or that is deleted in the foreground and waits for this object, is lost. */
function dropLostOwners(store: Store, writer: ObjectWriter, kind: Kind, object: KubeObject): void {
  const { namespace, name, ownerReferences = [] } = object.metadata
  const isLiving = ({ uid }: OwnerReference): boolean => {
    const owner = store.withUid(uid)
    return owner !== undefined && !owner.metadata.finalizers?.includes('foregroundDeletion')
  }
  const living = ownerReferences.filter(isLiving)
  if (living.length === 0) writer.remove(kind, namespace, name, { dryRun: false })
  else if (living.length < ownerReferences.length) setOwners(writer, kind, object, isLiving)
}

function setOwners(
  writer: ObjectWriter,
  kind: Kind,
  object: KubeObject,
  keep: (owner: OwnerReference) => boolean,
): void {
  writer.update(kind, object.metadata.namespace, object.metadata.name, (live) => ({
    ...live,
    metadata: { ...live.metadata, ownerReferences: live.metadata.ownerReferences?.filter(keep) },
  }))
}

/** Takes one finalizer off; the last one's going ends an object that is being deleted. */
export function dropFinalizer(writer: ObjectWriter, kind: Kind, object: KubeObject, finalizer: string): void {
  writer.update(kind, object.metadata.namespace, object.metadata.name, (live) => ({
    ...live,
    metadata: { ...live.metadata, finalizers: live.metadata.finalizers?.filter((one) => one !== finalizer) },
  }))
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
