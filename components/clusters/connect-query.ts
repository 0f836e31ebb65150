import type { ListQuery } from '#lib/domain/list-query.ts'

/** The newest tokens of the namespace; the page looks for those that serve its cluster. */
export const workerTokensQuery: ListQuery = {
  where: {},
  sort: { createdAt: -1 },
  limit: 1000,
  page: 1,
  count: false,
}
