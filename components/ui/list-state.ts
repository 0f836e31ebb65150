import type { ListQuery } from '#lib/domain/list-query.ts'

export interface ListSort {
  by: string
  isDescending: boolean
}

/** What of a list is in the address: page, order, and one value a filter. */
export interface ListState {
  page: number
  sort: ListSort | null
  filters: Readonly<Record<string, string>>
}

export type SearchParams = Readonly<Record<string, string | string[] | undefined>>

/** `-name` is name, descending. What makes no sense is left out, as if it were not in the address. */
export function parseSort(text: string | null | undefined): ListSort | null {
  const match = /^(-?)([A-Za-z]\w*)$/.exec(text ?? '')
  return match?.[2] === undefined ? null : { by: match[2], isDescending: match[1] === '-' }
}

export const formatSort = (sort: ListSort): string => `${sort.isDescending ? '-' : ''}${sort.by}`

/** Reads the state the server renders first; the browser reads the same from the same address. */
export function readListState(params: SearchParams, filterNames: readonly string[], prefix = ''): ListState {
  const one = (name: string) => {
    const value = params[`${prefix}${name}`]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const page = Number(one('page'))
  return {
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    sort: parseSort(one('sort')),
    filters: Object.fromEntries(
      filterNames.flatMap((name) => {
        const value = one(name)
        return value === undefined ? [] : [[name, value]]
      }),
    ),
  }
}

/** What the server is asked for; `fixed` narrows the list whatever the filters say. */
export function toListQuery(
  state: ListState,
  { pageSize, fixed = {} }: { pageSize: number; fixed?: Record<string, string> },
): ListQuery {
  return {
    where: { ...state.filters, ...fixed },
    sort: state.sort ? { [state.sort.by]: state.sort.isDescending ? -1 : 1 } : {},
    limit: pageSize,
    page: state.page,
    count: true,
  }
}
