import { headlessServiceName, ownershipLabels } from '#lib/domain/kubernetes-object.ts'
import { ItemFailure } from './failure.ts'
import { backoffMilliseconds, wait } from '../waits.ts'
import { kinds } from '../kubernetes/kinds.ts'
import { type ItemContext, type ItemResult, surveyObjects, toReference } from './context.ts'
import { mergeReferences } from './deploy.ts'
import { Inventory } from './inventory.ts'
import { findListed, removeObjects } from './remove-objects.ts'

/** Pods go before what they read. */
const firstToGo = new Set(['StatefulSet', 'Service', 'Ingress'])

/**
 * Removes everything generated and nothing else: what the inventory lists and what carries our labels. Claims and their
 * data go only when that was asked for. What is gone already is fine, also all of it.
 */
export async function undeploy(context: ItemContext): Promise<ItemResult> {
  const { item, progress } = context
  const [inventory, labelled] = await Promise.all([Inventory.read(context), surveyObjects(context)])
  // Names that never change: found even when somebody took the labels' list and the inventory away.
  const always = [
    { apiVersion: kinds.StatefulSet.apiVersion, kind: 'StatefulSet', name: item.installationName },
    { apiVersion: 'v1', kind: 'Service', name: headlessServiceName(item.installationName) },
  ]
  const existing = await findListed(context, mergeReferences(inventory.objects, always), labelled)
  const kept = item.deleteVolumes ? [] : existing.filter(({ kind }) => kind === 'PersistentVolumeClaim')
  const going = existing.filter((object) => !kept.includes(object))

  if (existing.length > 0 || inventory.exists) {
    await inventory.take(mergeReferences(inventory.objects, existing.map(toReference)))
    let done = 0
    const report = () => progress.report({ step: 'removing', objectsDone: done, objectsTotal: going.length })
    report()
    for (const isFirst of [true, false]) {
      const batch = going.filter(({ kind }) => firstToGo.has(kind) === isFirst)
      await removeObjects(context, inventory, batch)
      done += batch.length
      report()
      if (isFirst) await waitForPodsToEnd(context)
    }
    await inventory.remove()
  }
  return {
    objects: kept.map(toReference),
    statefulSetUid: null,
    observed: {
      exists: false,
      replicasWanted: 0,
      replicasReady: 0,
      replicasUpdated: 0,
      isCurrent: true,
      trouble: [],
    },
  }
}

async function waitForPodsToEnd({ item, kubernetes, lease, ...context }: ItemContext): Promise<void> {
  const endsAt = performance.now() + context.rolloutTimeoutMilliseconds
  const labelSelector = `${ownershipLabels.installationId}=${item.ownership.installationId}`
  for (let round = 0; ; round += 1) {
    const pods = await kubernetes.list('Pod', item.k8sNamespace, { labelSelector })
    if (pods.length === 0) return
    if (performance.now() > endsAt) {
      throw new ItemFailure({
        cause: 'timeout',
        message: `The StatefulSet is gone, but pods are still ending: ${pods.map((pod) => pod.metadata.name).join(', ')}. What they read is kept; undeploying again goes on from here.`,
      })
    }
    await wait(backoffMilliseconds(round, { firstMilliseconds: 30, maximumMilliseconds: 2000 }), lease.signal)
    lease.assertHeld()
  }
}
