import type { ApiError } from '#lib/domain/errors.ts'
import type { LibraryItem, LibraryResource } from '#lib/domain/library.ts'
import { RequestFailure } from './request-failure.ts'

export interface LibraryQuery {
  /** Part of the name. */
  search: string
  sort: Record<string, 1 | -1>
  /** From 1. */
  page: number
  limit: number
}

export interface LibraryPage {
  rows: LibraryItem[]
  total: number
}

/** One page of a library's list. */
export async function fetchLibraryPage(
  namespace: string,
  resource: LibraryResource,
  query: LibraryQuery,
  signal?: AbortSignal,
): Promise<LibraryPage> {
  const parameters = new URLSearchParams({
    namespace,
    sort: JSON.stringify(query.sort),
    page: String(query.page),
    limit: String(query.limit),
    count: 'true',
    ...(query.search === '' ? {} : { search: JSON.stringify(query.search) }),
  })
  const response = await fetch(`/api/v1/resources/${resource}?${parameters}`, signal ? { signal } : {})
  if (!response.ok) {
    throw new RequestFailure(response.status, (await response.json().catch(() => [])) as ApiError[])
  }
  const rows = (await response.json()) as LibraryItem[]
  return { rows, total: Number(response.headers.get('X-Total-Count') ?? rows.length) }
}

/** The address of an item's bytes for the browser; `content` is encoded already. */
export const libraryContentAddress = (namespace: string, item: Pick<LibraryItem, 'content'>): string =>
  `${item.content}?namespace=${encodeURIComponent(namespace)}`
