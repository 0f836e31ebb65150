import type { StatefulSet } from 'kubernetes-types/apps/v1'
import type { KubernetesObject } from '#lib/domain/kubernetes-object.ts'
import { readOwnedFields } from '../kubernetes/owned-fields.ts'
import { observe } from '../observed-state.ts'
import { applyObject, foreignObject } from './apply-object.ts'
import { isOurs, type ItemContext, type ItemResult, surveyObjects, toReference } from './context.ts'
import { ItemFailure } from './failure.ts'
import { Inventory } from './inventory.ts'
import { wantedReplicas } from './read-config.ts'
import { podTemplateOf, waitForNoPods, waitForRollout } from './wait-rollout.ts'

/**
 * On the pod template, the request that last restarted it: asking twice rolls once. An annotation of our own, because
 * `kubectl rollout restart` owns `kubectl.kubernetes.io/restartedAt` once it was used, and nothing is taken by force.
 */
export const restartAnnotation = 'windlass.dev/restart'

/** Scales to none and waits until the pods are gone. Neither creates nor removes an object. */
export async function shutdown(context: ItemContext): Promise<ItemResult> {
  const statefulSet = await readStatefulSet(context)
  if (!statefulSet) {
    // Nothing runs, which is what was asked for.
    const objects = [...(await surveyObjects(context)).values()].map(toReference)
    return { objects, statefulSetUid: null, observed: observe(undefined, []) }
  }
  const wanted = appliedManifest(statefulSet)
  specOf(wanted).replicas = 0
  return change(context, statefulSet, wanted, waitForNoPods)
}

/** A stopped installation gets its replicas back, a running one new pods. Neither creates nor removes an object. */
export async function restart(context: ItemContext): Promise<ItemResult> {
  const { item } = context
  const statefulSet = await readStatefulSet(context)
  if (!statefulSet) {
    throw new ItemFailure({
      cause: 'invalid',
      message: `StatefulSet ${item.installationName} is not in namespace "${item.k8sNamespace}", so there is nothing to restart; deploy the installation again.`,
      object: `StatefulSet ${item.installationName}`,
    })
  }
  const wanted = appliedManifest(statefulSet)
  if (specOf(statefulSet).replicas === 0) specOf(wanted).replicas = wantedReplicas(context)
  const template = podTemplateOf(wanted)
  template.metadata = {
    ...template.metadata,
    annotations: { ...template.metadata?.annotations, [restartAnnotation]: item.requestId },
  }
  return change(context, statefulSet, wanted, waitForRollout)
}

async function change(
  context: ItemContext,
  live: KubernetesObject,
  wanted: KubernetesObject,
  waitForIt: typeof waitForRollout,
): Promise<ItemResult> {
  const [inventory, existing] = await Promise.all([Inventory.read(context), surveyObjects(context)])
  const objects = [...existing.values()].map(toReference)
  const { mustWriteAll } = await inventory.take(objects)
  const counts = { objectsDone: 0, objectsTotal: 1 }
  context.progress.report({ step: 'scaling', ...counts })
  const applied = await applyObject(context, wanted, { inventory, live, mustWrite: mustWriteAll })
  const observed = await waitForIt(context, { ...counts, objectsDone: 1 })
  await inventory.settle(objects)
  return { objects, statefulSetUid: applied.metadata.uid ?? null, observed }
}

async function readStatefulSet(context: ItemContext): Promise<KubernetesObject | null> {
  const { item, kubernetes } = context
  const live = await kubernetes.get({
    kind: 'StatefulSet',
    namespace: item.k8sNamespace,
    name: item.installationName,
  })
  if (live && !isOurs(live, item.ownership)) throw foreignObject(context, live)
  return live
}

/** What we applied last, to be applied again with a change: a field left out would be taken away. */
function appliedManifest(live: KubernetesObject): KubernetesObject {
  const owned = structuredClone(readOwnedFields(live)) as unknown as KubernetesObject
  const { name, namespace } = live.metadata
  return {
    ...owned,
    apiVersion: live.apiVersion,
    kind: live.kind,
    metadata: { ...owned.metadata, name, ...(namespace ? { namespace } : {}) },
  }
}

function specOf(statefulSet: KubernetesObject): NonNullable<StatefulSet['spec']> {
  const object = statefulSet as unknown as StatefulSet
  if (object.spec) return object.spec
  throw new ItemFailure({
    cause: 'conflict',
    message: `Nothing of StatefulSet ${statefulSet.metadata.name} is managed by this worker any more: another manager has taken it over; deploy again to see its fields.`,
    object: `StatefulSet ${statefulSet.metadata.name}`,
  })
}
