import type { KubernetesObject, ObjectReference } from '#lib/domain/kubernetes-object.ts'
import { KubernetesError } from '../kubernetes/error.ts'
import { isKind, type Kind, label, type ObjectAddress } from '../kubernetes/kinds.ts'
import { backoffMilliseconds, wait } from '../waits.ts'
import { type ItemContext, isOurs } from './context.ts'
import { explainKubernetesError, ItemFailure } from './failure.ts'
import type { Inventory } from './inventory.ts'
import { settleAll } from './settle-all.ts'

const maximumAttempts = 8

/** Removes what is ours among the objects, all at once, and waits until Kubernetes has let go of them. */
export async function removeObjects(
  context: ItemContext,
  inventory: Inventory,
  objects: KubernetesObject[],
): Promise<void> {
  await settleAll(objects.map((object) => removeObject(context, inventory, object)))
  await waitUntilGone(context, objects)
}

async function removeObject(
  context: ItemContext,
  inventory: Inventory,
  object: KubernetesObject,
): Promise<void> {
  const { item, kubernetes, lease } = context
  let live: KubernetesObject | null = object
  for (let attempt = 0; live && isOurs(live, item.ownership); attempt += 1) {
    if (live.metadata.deletionTimestamp) return
    try {
      await kubernetes.delete(live)
      return
    } catch (error) {
      if (!(error instanceof KubernetesError)) throw error
      if (!error.isStale || attempt === maximumAttempts) {
        throw explainKubernetesError(error, {
          action: `to delete ${label(object)}`,
          object: label(object),
          k8sNamespace: item.k8sNamespace,
        })
      }
      await wait(
        backoffMilliseconds(attempt, { firstMilliseconds: 20, maximumMilliseconds: 1000 }),
        lease.signal,
      )
      live = await kubernetes.get(addressOf(context, object))
      await inventory.assertStillOurs()
    }
  }
}

/** The objects of the list that exist and are ours, whatever the list says; others' are passed over. */
export async function findListed(
  context: ItemContext,
  references: ObjectReference[],
  known: Map<string, KubernetesObject>,
): Promise<KubernetesObject[]> {
  const found = await Promise.all(
    references
      .filter((reference) => isKind(reference.kind) && !known.has(label(reference)))
      .map((reference) =>
        context.kubernetes.get({
          kind: reference.kind as Kind,
          namespace: context.item.k8sNamespace,
          name: reference.name,
        }),
      ),
  )
  const ours = found.filter((object) => object !== null && isOurs(object, context.item.ownership))
  return [...known.values(), ...(ours as KubernetesObject[])]
}

/** Waits as long as a rollout may take; then says what holds the object back. */
export async function waitUntilGone(context: ItemContext, objects: KubernetesObject[]): Promise<void> {
  const { kubernetes, lease } = context
  const endsAt = performance.now() + context.rolloutTimeoutMilliseconds
  let left = objects
  for (let round = 0; ; round += 1) {
    const found = await Promise.all(left.map((object) => kubernetes.get(addressOf(context, object))))
    // Another uid under the same name is another object: ours is gone.
    left = found.filter(
      (object, index): object is KubernetesObject =>
        object !== null && object.metadata.uid === left[index]?.metadata.uid,
    )
    const [first] = left
    if (!first) return
    if (performance.now() > endsAt) {
      const finalizers = (first.metadata.finalizers as string[] | undefined) ?? []
      throw new ItemFailure({
        cause: 'timeout',
        message: `${label(first)} was deleted but does not go away${
          finalizers.length > 0 ? `: it waits for the finalizer ${finalizers.join(', ')}` : ''
        }. The rest is accounted for; undeploying again goes on from here.`,
        object: label(first),
      })
    }
    await wait(backoffMilliseconds(round, { firstMilliseconds: 20, maximumMilliseconds: 2000 }), lease.signal)
    lease.assertHeld()
  }
}

function addressOf(context: ItemContext, object: KubernetesObject): ObjectAddress {
  return {
    kind: object.kind as Kind,
    namespace: context.item.k8sNamespace,
    name: object.metadata.name,
  }
}
