import { toListQuery, type ListState } from '#components/ui/list-state.ts'
import type { ListQuery } from '#lib/domain/list-query.ts'

export const libraryFilters = ['search'] as const
export const libraryPageSize = 25

/** What the list is asked for; the one filter is a part of the name. */
export function toLibraryQuery({ filters, ...state }: ListState): ListQuery {
  const { search } = filters
  const query = toListQuery({ ...state, filters: {} }, { pageSize: libraryPageSize })
  return search === undefined ? query : { ...query, search: search.slice(0, 200) }
}
