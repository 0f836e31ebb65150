import type { Pod, PodSpec } from 'kubernetes-types/core/v1'
import type { StatefulSet } from 'kubernetes-types/apps/v1'
import type { ObservedState } from '#lib/domain/installation.ts'
import { type KubernetesObject, ownershipLabels } from '#lib/domain/kubernetes-object.ts'
import type { WorkitemProgress } from '#lib/domain/workitem.ts'
import { KubernetesError } from '../kubernetes/error.ts'
import { isReady, isRolledOut, observe } from '../observed-state.ts'
import { backoffMilliseconds, wait } from '../waits.ts'
import { type ItemContext, isOurs } from './context.ts'
import { ItemFailure } from './failure.ts'

type Counts = Pick<WorkitemProgress, 'objectsDone' | 'objectsTotal'>

/** Events are asked for only once a pod has had time to start by itself. */
const patienceMilliseconds = 3000

/** Waits until every wanted replica of the latest revision is ready; throws with Kubernetes' own reason when time is up. */
export async function waitForRollout(context: ItemContext, counts: Counts): Promise<ObservedState> {
  return waitForPods(context, {
    step: 'rollingOut',
    counts,
    isDone: (statefulSet, observed) =>
      observed.isCurrent &&
      isRolledOut(statefulSet) &&
      observed.replicasReady >= observed.replicasWanted &&
      countPods(statefulSet) === observed.replicasWanted,
    describe: (observed) =>
      `${observed.replicasReady} of ${observed.replicasWanted} replicas were ready in time`,
  })
}

/** Waits until a StatefulSet scaled to none has no pods left. */
export async function waitForNoPods(context: ItemContext, counts: Counts): Promise<ObservedState> {
  return waitForPods(context, {
    step: 'scaling',
    counts,
    isDone: (statefulSet, observed, pods) =>
      observed.isCurrent && countPods(statefulSet) === 0 && pods.length === 0,
    describe: (_, pods) =>
      `${pods.length} of its pods had not ended in time: ${pods.map((pod) => pod.metadata.name).join(', ')}`,
  })
}

const countPods = (statefulSet: KubernetesObject) =>
  (statefulSet as unknown as StatefulSet).status?.replicas ?? 0

async function waitForPods(
  context: ItemContext,
  goal: {
    step: WorkitemProgress['step']
    counts: Counts
    isDone(statefulSet: KubernetesObject, observed: ObservedState, pods: KubernetesObject[]): boolean
    describe(observed: ObservedState, pods: KubernetesObject[]): string
  },
): Promise<ObservedState> {
  const { item, kubernetes, lease } = context
  const startedAt = performance.now()
  for (let round = 0; ; round += 1) {
    const [statefulSet, pods] = await Promise.all([
      kubernetes.get({ kind: 'StatefulSet', namespace: item.k8sNamespace, name: item.installationName }),
      listPods(context),
    ])
    if (!statefulSet || !isOurs(statefulSet, item.ownership)) {
      throw new ItemFailure({
        cause: 'conflict',
        message: `StatefulSet ${item.installationName} was removed by somebody else while it was rolled out; deploy again.`,
        object: `StatefulSet ${item.installationName}`,
      })
    }
    const elapsed = performance.now() - startedAt
    const events = elapsed > patienceMilliseconds ? await listWarnings(context, pods) : []
    const observed = observe(statefulSet, pods, events)
    context.progress.report(
      {
        step: goal.step,
        ...goal.counts,
        replicasReady: observed.replicasReady,
        replicasWanted: observed.replicasWanted,
        ...describeTrouble(observed),
      },
      observed,
    )
    if (goal.isDone(statefulSet, observed, pods)) return observed
    if (elapsed > context.rolloutTimeoutMilliseconds)
      throw timeout(context, observed, goal.describe(observed, pods))
    await removeStuckPods(context, statefulSet, pods)
    await wait(backoffMilliseconds(round, { firstMilliseconds: 60, maximumMilliseconds: 1500 }), lease.signal)
    lease.assertHeld()
  }
}

function listPods({ item, kubernetes }: ItemContext): Promise<KubernetesObject[]> {
  const labelSelector = `${ownershipLabels.installationId}=${item.ownership.installationId}`
  return kubernetes.list('Pod', item.k8sNamespace, { labelSelector })
}

/** The role may not allow to read events: the rollout goes on without their words. */
async function listWarnings(context: ItemContext, pods: KubernetesObject[]): Promise<KubernetesObject[]> {
  const { item, kubernetes } = context
  const names = pods.length > 0 && pods.every(isReady) ? [] : [item.installationName]
  for (const pod of pods) if (!isReady(pod)) names.push(pod.metadata.name)
  try {
    const lists = await Promise.all(
      names
        .slice(0, 5)
        .map((name) =>
          kubernetes.list('Event', item.k8sNamespace, { fieldSelector: `involvedObject.name=${name}` }),
        ),
    )
    return lists.flat()
  } catch (error) {
    if (error instanceof KubernetesError && error.status > 0) return []
    throw error
  }
}

/**
 * Under OrderedReady Kubernetes waits for a pod of the old revision to become ready before it replaces it, for ever if
 * that revision is broken: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback
 * Such pods are removed; the new revision takes their place, on the same volumes.
 */
async function removeStuckPods(
  context: ItemContext,
  statefulSet: KubernetesObject,
  pods: KubernetesObject[],
): Promise<void> {
  const { status, metadata } = statefulSet as unknown as StatefulSet
  if ((status?.observedGeneration ?? 0) < (metadata?.generation ?? 1)) return
  const latest = status?.updateRevision
  if (!latest) return
  const stuck = pods.filter(
    (pod) =>
      isOurs(pod, context.item.ownership) &&
      !isReady(pod) &&
      !pod.metadata.deletionTimestamp &&
      pod.metadata.labels?.['controller-revision-hash'] !== latest,
  )
  for (const pod of stuck) {
    try {
      await context.kubernetes.delete(pod)
      context.log.info(`Pod ${pod.metadata.name} of an older revision was not ready and is replaced.`)
    } catch (error) {
      // It changed since it was read, perhaps to ready: the next round looks again.
      if (!(error instanceof KubernetesError && error.isStale)) throw error
    }
  }
}

function describeTrouble(observed: ObservedState): { message?: string } {
  const [first] = observed.trouble
  return first ? { message: `${first.pod}: ${first.reason} ${first.message}`.trim().slice(0, 1024) } : {}
}

function timeout(context: ItemContext, observed: ObservedState, what: string): ItemFailure {
  const reasons = observed.trouble.map((trouble) =>
    `${trouble.pod}: ${trouble.reason}. ${trouble.message}`.trim(),
  )
  return new ItemFailure({
    cause: 'timeout',
    message: `Applied, but ${what} (${context.rolloutTimeoutMilliseconds / 1000} s). ${
      reasons.length > 0 ? `Kubernetes says: ${reasons.join(' · ')}` : 'Kubernetes gives no reason yet.'
    }`,
    object: `StatefulSet ${context.item.installationName}`,
  })
}

/** The template of the pods, to read and to change. */
export function podTemplateOf(statefulSet: KubernetesObject): { metadata?: Pod['metadata']; spec?: PodSpec } {
  return (statefulSet as unknown as StatefulSet).spec?.template ?? {}
}
