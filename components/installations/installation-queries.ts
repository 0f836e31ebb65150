import type { ListQuery } from '#lib/domain/list-query.ts'

/** What is under way or failed for one installation, in the order requested. */
export const outstandingQuery = (installationName: string): ListQuery => ({
  where: { installationName },
  sort: {},
  limit: 20,
  page: 1,
  count: false,
})

/** Its latest finished operations. */
export const recentQuery = (installationName: string): ListQuery => ({
  where: { installationName },
  sort: {},
  limit: 5,
  page: 1,
  count: false,
})
