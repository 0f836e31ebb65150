import type { ListQuery } from '#lib/domain/list-query.ts'
import { queueShown } from './cluster-list-state.ts'

/** What the status panel of a cluster asks for. */
export const queueQuery = (clusterName: string): ListQuery => ({
  where: { clusterName },
  sort: {},
  limit: queueShown,
  page: 1,
  count: true,
})
