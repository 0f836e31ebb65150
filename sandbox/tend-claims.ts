import type { PersistentVolume, PersistentVolumeClaim, Pod } from 'kubernetes-types/core/v1'
import { dropFinalizer } from './collect-garbage.ts'
import { kindNamed } from './kinds.ts'
import { quantity } from './quantities.ts'
import type { Announce } from './record-events.ts'
import type { Store } from './store.ts'
import type { KubeObject } from './trees.ts'
import type { ObjectWriter } from './write-objects.ts'

const claimKind = kindNamed('PersistentVolumeClaim')
const volumeKind = kindNamed('PersistentVolume')
const podKind = kindNamed('Pod')

/** The one storage class that provisions volumes; a claim that names none gets it. */
const defaultClass = 'standard'

/** Binds claims to volumes, provisions for the default class, and lets go of claims and volumes nobody uses. */
export function tendClaims(store: Store, writer: ObjectWriter, announce: Announce): void {
  for (const stored of store.list(claimKind)) {
    const { namespace, name, deletionTimestamp, finalizers } = stored.metadata
    if (deletionTimestamp && finalizers?.includes('kubernetes.io/pvc-protection')) {
      const pods = store.list(podKind, namespace) as unknown as Pod[]
      const isUsed = pods.some((pod) =>
        pod.spec?.volumes?.some((volume) => volume.persistentVolumeClaim?.claimName === name),
      )
      if (!isUsed) dropFinalizer(writer, claimKind, stored, 'kubernetes.io/pvc-protection')
    } else if ((stored as unknown as PersistentVolumeClaim).status?.phase === 'Pending')
      bindClaim(store, writer, announce, stored)
  }
  for (const stored of store.list(volumeKind)) {
    const { spec, status } = stored as unknown as PersistentVolume
    const isHeld = store.withUid(spec?.claimRef?.uid ?? '') !== undefined
    if (!spec?.claimRef && status?.phase === 'Pending')
      store.put(volumeKind, { ...stored, status: { phase: 'Available' } })
    else if (spec?.claimRef?.uid && !isHeld && status?.phase === 'Bound') {
      if (spec.persistentVolumeReclaimPolicy === 'Delete')
        writer.remove(volumeKind, undefined, stored.metadata.name, { dryRun: false })
      else store.put(volumeKind, { ...stored, status: { phase: 'Released' } })
    }
  }
}

function bindClaim(store: Store, writer: ObjectWriter, announce: Announce, stored: KubeObject): void {
  const claim = stored as unknown as PersistentVolumeClaim
  const { namespace = '', name, uid = '' } = stored.metadata
  const { volumeName, storageClassName = '', resources, accessModes } = claim.spec ?? {}
  const storage = resources?.requests?.storage ?? ''
  const misfits = store.list(volumeKind).map((volume) => [volume, findMisfit(volume, claim)] as const)
  const named = misfits.find(([volume]) => volume.metadata.name === volumeName)
  if (named?.[1]) {
    const message = `Cannot bind to requested volume "${volumeName}": ${named[1]}`
    return announce(stored, 'Warning', 'VolumeMismatch', message, 'persistentvolume-controller')
  }
  let volume = volumeName ? named?.[0] : misfits.find(([, misfit]) => misfit === undefined)?.[0]
  if (!volume && !volumeName && storageClassName === defaultClass)
    volume = writer.create(volumeKind, undefined, {
      metadata: { name: `pvc-${uid}` },
      spec: {
        capacity: { storage },
        accessModes,
        storageClassName,
        persistentVolumeReclaimPolicy: 'Delete',
        hostPath: { path: `/volumes/${uid}`, type: '' },
      },
    })
  if (!volume) {
    const message = volumeName
      ? `volume "${volumeName}" not found`
      : storageClassName === ''
        ? 'no persistent volumes available for this claim and no storage class is set'
        : `storageclass.storage.k8s.io "${storageClassName}" not found`
    const reason = storageClassName === '' || volumeName ? 'FailedBinding' : 'ProvisioningFailed'
    return announce(stored, 'Warning', reason, message, 'persistentvolume-controller')
  }
  const claimRef = { kind: 'PersistentVolumeClaim', apiVersion: 'v1', namespace, name, uid }
  const spec = { ...(volume as unknown as PersistentVolume).spec, claimRef }
  store.put(volumeKind, { ...volume, spec, status: { phase: 'Bound' } })
  const bound = { ...claim.spec, volumeName: volume.metadata.name }
  const status = { phase: 'Bound', accessModes, capacity: spec.capacity }
  store.put(claimKind, { ...stored, spec: bound, status })
}

/** Why a volume cannot serve a claim, in the words of the volume controller. */
function findMisfit(volume: KubeObject, { spec, metadata }: PersistentVolumeClaim): string | undefined {
  const { spec: offer, status } = volume as unknown as PersistentVolume
  const { claimRef } = offer ?? {}
  const isForClaim = claimRef?.name === metadata?.name && claimRef?.namespace === metadata?.namespace
  if (
    status?.phase === 'Released' ||
    (claimRef && (!isForClaim || (claimRef.uid && claimRef.uid !== metadata?.uid)))
  )
    return 'volume already bound to a different claim.'
  if (quantity(offer?.capacity?.storage ?? 0) < quantity(spec?.resources?.requests?.storage ?? 0))
    return 'requested PV is too small'
  if ((offer?.storageClassName ?? '') !== (spec?.storageClassName ?? ''))
    return 'storageClassName does not match'
  if ((offer?.volumeMode ?? 'Filesystem') !== (spec?.volumeMode ?? 'Filesystem'))
    return 'incompatible volumeMode'
  const isOffered = (mode: string): boolean => offer?.accessModes?.includes(mode) ?? false
  return (spec?.accessModes ?? []).every(isOffered) ? undefined : 'incompatible accessMode'
}
