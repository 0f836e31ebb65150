import type { Operation } from '#lib/domain/workitem.ts'
import type { FinishRequest } from '#lib/protocol/messages.ts'
import { ConsoleError } from '#lib/protocol/client-error.ts'
import { KubernetesError } from '../kubernetes/error.ts'
import { LeaseLost } from '../lease.ts'
import { type ItemContext, type ItemResult, surveyObjects, toReference } from './context.ts'
import { deploy } from './deploy.ts'
import { explainKubernetesError, ItemFailure } from './failure.ts'
import { Inventory } from './inventory.ts'
import { restart, shutdown } from './scale.ts'
import { undeploy } from './undeploy.ts'

const operations: Record<Operation, (context: ItemContext) => Promise<ItemResult>> = {
  deploy,
  shutdown,
  restart,
  undeploy,
}

export type ItemEnd = Omit<FinishRequest, 'clusterName' | 'requestId' | 'leaseToken'>

/** Does what the item asks for and says how it ended; null: the lease was lost, somebody else will do it. */
export async function runItem(context: ItemContext): Promise<ItemEnd | null> {
  const { item, progress } = context
  try {
    progress.report({ step: 'preparing', objectsDone: 0, objectsTotal: 0 })
    const result = await operations[item.operation](context)
    return { outcome: { status: 'SUCCEEDED' }, ...result }
  } catch (error) {
    if (error instanceof LeaseLost || context.lease.signal.aborted) return null
    const failure = toFailure(context, error)
    return {
      outcome: { status: failure.status, error: failure.error },
      ...(await accountFor(context)),
    }
  }
}

function toFailure(context: ItemContext, error: unknown): ItemFailure {
  const { item, log } = context
  if (error instanceof ItemFailure) return error
  if (error instanceof KubernetesError) {
    return explainKubernetesError(error, {
      action: `to do "${item.operation}"`,
      k8sNamespace: item.k8sNamespace,
    })
  }
  if (error instanceof ConsoleError) {
    return new ItemFailure({
      cause: error.isTransient ? 'unreachable' : 'invalid',
      message: `The content this installation mounts could not be fetched: ${error.message}`,
    })
  }
  // The trace only: the message of an error nobody foresaw may hold a value of the config.
  const trace = error instanceof Error ? (error.stack ?? '').split('\n').slice(1, 6).join(' ') : ''
  log.error(
    `Item ${item.requestId} met a fault of the worker (${error instanceof Error ? error.name : 'unknown'}):${trace}`,
  )
  return new ItemFailure({
    cause: 'internal',
    message: `The worker met a fault of its own with "${item.operation}"; its log has more under ${item.requestId}.`,
  })
}

/** After a failure: what exists now, and an inventory that says so, as far as the cluster can still be asked. */
async function accountFor(
  context: ItemContext,
): Promise<Pick<ItemEnd, 'objects' | 'statefulSetUid' | 'observed'>> {
  const nothingKnown = { objects: null, statefulSetUid: null, observed: null }
  try {
    const [existing, inventory] = await Promise.all([surveyObjects(context), Inventory.read(context)])
    const objects = [...existing.values()].map(toReference)
    if (inventory.isHeldByUs) await inventory.settle(objects)
    const statefulSet = [...existing.values()].find(({ kind }) => kind === 'StatefulSet')
    return { ...nothingKnown, objects, statefulSetUid: statefulSet?.metadata.uid ?? null }
  } catch {
    return nothingKnown
  }
}
