import type { ActionResult } from '#lib/domain/action-result.ts'
import type { Workitem } from '#lib/domain/workitem.ts'

type ItemAction = (namespace: string, requestId: string) => Promise<ActionResult<unknown>>

/** What can be done to an item of the queue; pages hand these in. */
export interface WorkitemActions {
  cancel: ItemAction
  retry: ItemAction
  dismiss: ItemAction
}

export const mayBeRetried = (item: Pick<Workitem, 'status'>): boolean => item.status === 'FAILED'

export const mayBeDismissed = (item: Pick<Workitem, 'status'>): boolean =>
  item.status === 'FAILED' || item.status === 'INVALID'
