import type { KubernetesObject, ObjectReference } from '#lib/domain/kubernetes-object.ts'
import { renderInstallation } from '#lib/manifests/render.ts'
import { type Kind, label } from '../kubernetes/kinds.ts'
import { readOwnedFields } from '../kubernetes/owned-fields.ts'
import { checkDefaultPolicy } from '../policy.ts'
import { applyObject, foreignObject } from './apply-object.ts'
import { findChecksumKey, keepChecksumKey } from './checksum-key.ts'
import { isOurs, type ItemContext, type ItemResult, surveyObjects, toReference } from './context.ts'
import { ItemFailure } from './failure.ts'
import { Inventory } from './inventory.ts'
import { fetchContents, readConfig } from './read-config.ts'
import { findListed, removeObjects } from './remove-objects.ts'
import { restartAnnotation } from './scale.ts'
import { settleAll } from './settle-all.ts'
import { podTemplateOf, waitForRollout } from './wait-rollout.ts'

/** Objects that only route to pods go as soon as they are not wanted; what pods read goes after the last pod that reads it. */
const routingKinds = new Set(['Service', 'Ingress'])

/**
 * Brings the cluster to the item's revision, whatever state an earlier attempt left it in. Nothing is written before
 * every name was checked, the policy was asked and the inventory was taken.
 */
export async function deploy(context: ItemContext): Promise<ItemResult> {
  const { item, progress } = context
  const config = readConfig(context)
  const [contents, inventory, existing] = await Promise.all([
    fetchContents(context, config),
    Inventory.read(context),
    surveyObjects(context),
  ])
  const checksumKey = findChecksumKey(existing.values(), inventory.checksumKey)
  const wanted = renderInstallation({
    ...item,
    config,
    contents,
    checksumKey: Buffer.from(checksumKey, 'base64'),
  })
  const keyHolder = keepChecksumKey(wanted, checksumKey)
  refuseByPolicy(context, wanted)
  await refuseForeign(context, wanted, existing)

  const listed = await findListed(context, inventory.objects, existing)
  const wantedNames = new Set(wanted.map(label))
  const surplus = listed.filter(
    (object) => !wantedNames.has(label(object)) && object.kind !== 'PersistentVolumeClaim',
  )
  const keptVolumes = listed.filter(
    (object) => !wantedNames.has(label(object)) && object.kind === 'PersistentVolumeClaim',
  )
  const wasUnaccounted = !inventory.exists && existing.size > 0
  const { mustWriteAll } = await inventory.take(
    mergeReferences(inventory.objects, listed.map(toReference), wanted.map(toReference)),
  )

  const total = wanted.length
  let done = 0
  const applied: KubernetesObject[] = []
  progress.report({ step: 'applying', objectsDone: 0, objectsTotal: total })
  const applyOne = async (object: KubernetesObject) => {
    const live = existing.get(label(object))
    applied.push(
      await applyObject(context, object, { inventory, live, mustWrite: mustWriteAll || wasUnaccounted }),
    )
    done += 1
    progress.report({ step: 'applying', objectsDone: done, objectsTotal: total, message: label(object) })
  }
  // What a pod reads is there before the pod; among themselves these do not need an order.
  await settleAll(wanted.filter(({ kind }) => kind !== 'StatefulSet').map(applyOne))
  for (const statefulSet of wanted.filter(({ kind }) => kind === 'StatefulSet')) {
    const live = existing.get(label(statefulSet))
    await applyOne(live ? keepRestart(statefulSet, live) : statefulSet)
  }

  const counts = { objectsDone: done, objectsTotal: total }
  if (surplus.length > 0) progress.report({ step: 'pruning', ...counts })
  await removeObjects(
    context,
    inventory,
    surplus.filter(({ kind }) => routingKinds.has(kind)),
  )
  const observed = await waitForRollout(context, counts)
  await removeObjects(
    context,
    inventory,
    surplus.filter(({ kind }) => !routingKinds.has(kind)),
  )

  const objects = [...applied, ...keptVolumes].map(toReference)
  await inventory.settle(objects, keyHolder ? null : checksumKey)
  const statefulSet = applied.find(({ kind }) => kind === 'StatefulSet')
  return { objects, statefulSetUid: statefulSet?.metadata.uid ?? null, observed }
}

/** Names that neither the label nor the inventory knows: whoever has them is not us. */
async function refuseForeign(
  context: ItemContext,
  objects: KubernetesObject[],
  known: Map<string, KubernetesObject>,
): Promise<void> {
  const found = await Promise.all(
    objects
      .filter((object) => !known.has(label(object)))
      .map((object) =>
        context.kubernetes.get({
          kind: object.kind as Kind,
          namespace: context.item.k8sNamespace,
          name: object.metadata.name,
        }),
      ),
  )
  const foreign = found.find((object) => object !== null && !isOurs(object, context.item.ownership))
  if (foreign) throw foreignObject(context, foreign)
}

function refuseByPolicy({ ownNames }: ItemContext, objects: KubernetesObject[]): void {
  const violations = checkDefaultPolicy(objects, ownNames)
  const [first] = violations
  if (!first) return
  const rules = [...new Set(violations.map(({ rule }) => rule))].join(', ')
  throw new ItemFailure({
    cause: 'refused',
    message: `The worker's policy refuses this (${rules}): ${violations.map(({ message }) => message).join('; ')}. Nothing was changed.`,
    object: first.object,
  })
}

/** A later deploy keeps the mark of a restart: to take it away would roll the pods once more for nothing. */
function keepRestart(wanted: KubernetesObject, live: KubernetesObject): KubernetesObject {
  const owned = readOwnedFields(live) as unknown as KubernetesObject
  const restart = podTemplateOf(owned).metadata?.annotations?.[restartAnnotation]
  if (restart === undefined) return wanted
  const next = structuredClone(wanted)
  const template = podTemplateOf(next)
  template.metadata = {
    ...template.metadata,
    annotations: { ...template.metadata?.annotations, [restartAnnotation]: restart },
  }
  return next
}

export function mergeReferences(...lists: ObjectReference[][]): ObjectReference[] {
  const merged = new Map<string, ObjectReference>()
  for (const reference of lists.flat()) {
    merged.set(label(reference), { ...merged.get(label(reference)), ...reference })
  }
  return [...merged.values()]
}
