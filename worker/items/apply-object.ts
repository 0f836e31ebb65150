import { type KubernetesObject, ownershipLabels, revisionAnnotation } from '#lib/domain/kubernetes-object.ts'
import { KubernetesError } from '../kubernetes/error.ts'
import { type Kind, label } from '../kubernetes/kinds.ts'
import { readOwnedFields, same } from '../kubernetes/owned-fields.ts'
import { backoffMilliseconds, wait } from '../waits.ts'
import { type ItemContext, isOurs } from './context.ts'
import { explainKubernetesError, ItemFailure } from './failure.ts'
import type { Inventory } from './inventory.ts'
import { waitUntilGone } from './remove-objects.ts'

/** Which lease wrote an object last; with it a write is never without effect, so that older reads are out of date. */
const leaseAnnotation = 'windlass.dev/lease'

const maximumAttempts = 12

export interface ApplyOptions {
  inventory: Inventory
  /** What was read; undefined: it was not there. */
  live: KubernetesObject | undefined
  /** Write even what is as wanted already. */
  mustWrite: boolean
}

/**
 * Brings one object to what is wanted by server-side apply and answers it as it stands then. It carries the
 * resourceVersion that was read, so a worker that fell behind cannot overwrite; no field is taken from another
 * manager. What equals the wanted already is not written.
 */
export async function applyObject(
  context: ItemContext,
  wanted: KubernetesObject,
  options: ApplyOptions,
): Promise<KubernetesObject> {
  const { item, kubernetes, lease } = context
  const address = { kind: wanted.kind as Kind, namespace: item.k8sNamespace, name: wanted.metadata.name }
  let { live } = options
  for (let attempt = 0; ; attempt += 1) {
    if (live && !isOurs(live, item.ownership)) throw foreignObject(context, live)
    if (live?.metadata.deletionTimestamp) {
      await waitUntilGone(context, [live])
      live = undefined
    }
    if (live && !options.mustWrite && isAsWanted(live, wanted)) return live
    try {
      const applied = await kubernetes.apply(stamp(wanted, live, item.revision, lease.number))
      return applied.object
    } catch (error) {
      if (!(error instanceof KubernetesError)) throw error
      if (live && isImmutable(error, wanted.kind)) {
        context.log.info(`${label(wanted)} is made anew: ${error.message}`)
        // Orphaned pods and volumes live on; the new StatefulSet adopts them by their labels.
        await kubernetes.delete(live, wanted.kind === 'StatefulSet' ? 'Orphan' : 'Background')
        await waitUntilGone(context, [live])
        live = undefined
        continue
      }
      const hasMoved = error.isStale || (error.status === 404 && error.aboutKind !== 'namespaces')
      if (!hasMoved || attempt === maximumAttempts) {
        throw explainKubernetesError(error, {
          action: `to apply ${label(wanted)}`,
          object: label(wanted),
          k8sNamespace: item.k8sNamespace,
        })
      }
      if (attempt > 0) {
        await wait(
          backoffMilliseconds(attempt, { firstMilliseconds: 20, maximumMilliseconds: 1000 }),
          lease.signal,
        )
      }
      live = (await kubernetes.get(address)) ?? undefined
      // After the object, before the write: who took the installation since has read what we would write now.
      await options.inventory.assertStillOurs()
    }
  }
}

export function foreignObject(context: ItemContext, live: KubernetesObject): ItemFailure {
  const { ownership, k8sNamespace } = context.item
  const labels = live.metadata.labels ?? {}
  const isOfThisConsole = labels[ownershipLabels.consoleId] === ownership.consoleId
  const whose = isOfThisConsole
    ? `belongs to another installation of this console (${labels[ownershipLabels.installationId] ?? 'unknown'})`
    : labels[ownershipLabels.consoleId] === undefined
      ? 'was not made by this installation'
      : 'belongs to another console'
  return new ItemFailure({
    cause: 'conflict',
    message: `${label(live)} exists in namespace "${k8sNamespace}" and ${whose}. Nothing was changed; choose another name, or remove it in the cluster.`,
    object: label(live),
  })
}

/** What we applied last, as the API server keeps account of it, is what is wanted now. */
function isAsWanted(live: KubernetesObject, wanted: KubernetesObject): boolean {
  return same(comparable(readOwnedFields(live)), comparable(wanted))
}

function comparable(object: object): unknown {
  const { metadata, ...rest } = object as Partial<KubernetesObject>
  const {
    [revisionAnnotation]: _revision,
    [leaseAnnotation]: _lease,
    ...annotations
  } = metadata?.annotations ?? {}
  delete rest.apiVersion
  delete rest.kind
  return { ...rest, labels: metadata?.labels ?? {}, annotations }
}

function stamp(
  wanted: KubernetesObject,
  live: KubernetesObject | undefined,
  revision: number,
  lease: number,
): KubernetesObject {
  return {
    ...wanted,
    metadata: {
      ...wanted.metadata,
      annotations: {
        ...wanted.metadata.annotations,
        [revisionAnnotation]: String(revision),
        [leaseAnnotation]: String(lease),
      },
      ...(live ? { resourceVersion: live.metadata.resourceVersion } : {}),
    },
  }
}

/** Only where every complaint is about a field that cannot change; a claim is never made anew, its data would go. */
function isImmutable(error: KubernetesError, kind: string): boolean {
  if (error.status !== 422 || !['StatefulSet', 'Service', 'Secret', 'ConfigMap'].includes(kind)) return false
  const complaints = error.causes.length > 0 ? error.causes.map((cause) => cause.message) : [error.message]
  return complaints.every((message) =>
    /field is immutable|may not change once set|updates to statefulset spec for fields other than/.test(
      message,
    ),
  )
}
