'use client'

import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { formatSort, readListState, type ListSort, type ListState } from './list-state.ts'

export interface ListControl extends ListState {
  setPage: (page: number) => void
  setSort: (sort: ListSort) => void
  /** Null takes the filter away. Every change of order or filter begins at the first page again. */
  setFilter: (name: string, value: string | null) => void
  clearFilters: () => void
}

/** The state of a list, kept in the address: going back brings it back. */
export function useListState(filterNames: readonly string[], prefix = ''): ListControl {
  const parsers = useMemo(
    () => ({
      [`${prefix}page`]: parseAsInteger,
      [`${prefix}sort`]: parseAsString,
      ...Object.fromEntries(filterNames.map((name) => [`${prefix}${name}`, parseAsString])),
    }),
    [filterNames, prefix],
  )
  const [values, setValues] = useQueryStates(parsers, { history: 'push' })
  const params = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === null ? undefined : String(value)]),
  )
  const set = (change: Record<string, string | number | null>) => void setValues(change)
  return {
    ...readListState(params, filterNames, prefix),
    setPage: (page) => set({ [`${prefix}page`]: page === 1 ? null : page }),
    setSort: (sort) => set({ [`${prefix}sort`]: formatSort(sort), [`${prefix}page`]: null }),
    setFilter: (name, value) => set({ [`${prefix}${name}`]: value, [`${prefix}page`]: null }),
    clearFilters: () =>
      set({
        [`${prefix}page`]: null,
        ...Object.fromEntries(filterNames.map((name) => [`${prefix}${name}`, null])),
      }),
  }
}
