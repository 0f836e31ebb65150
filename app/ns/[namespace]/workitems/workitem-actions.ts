import type { WorkitemActions } from '#components/workitems/workitem-actions.ts'
import { cancelWorkitemAction, dismissWorkitemAction, retryWorkitemAction } from './actions.ts'

/** What pages hand to the parts that show items of the queue. */
export const workitemActions: WorkitemActions = {
  cancel: cancelWorkitemAction,
  retry: retryWorkitemAction,
  dismiss: dismissWorkitemAction,
}
