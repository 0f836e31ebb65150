import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { LibraryItem, LibraryResource } from '#lib/domain/library.ts'
import type { ListQuery } from '#lib/domain/list-query.ts'
import { fetchRows } from './fetch-resource.ts'
import { queryKey } from './keys.ts'

/** One page of documents, images or videos. */
export const libraryQuery = (namespace: string, resource: LibraryResource, query: ListQuery) =>
  queryOptions({
    queryKey: queryKey(namespace, 'library', resource, query),
    queryFn: ({ signal }) => fetchRows<LibraryItem>(namespace, resource, query, signal),
    placeholderData: keepPreviousData,
  })

/** The address of an item's bytes for the browser; `content` is encoded already. */
export const libraryContentAddress = (namespace: string, item: Pick<LibraryItem, 'content'>): string =>
  `${item.content}?namespace=${encodeURIComponent(namespace)}`
