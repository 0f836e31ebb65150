import type { Workitem } from '#lib/domain/workitem.ts'
import { fetchOne } from './fetch-one.ts'

/** An item of the queue as it is now; null once it has left it. */
export const fetchWorkitem = (namespace: string, requestId: string): Promise<Workitem | null> =>
  fetchOne<Workitem>(namespace, 'k8sworkitems', requestId)
