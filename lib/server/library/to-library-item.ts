import { libraryContents, libraryItems } from '#drizzle/schema.ts'
import { contentPrefixOfResource, type LibraryItem, type LibraryResource } from '#lib/domain/library.ts'
import type { ListColumns } from '../resources/list-rows.ts'

export const shownColumns = {
  id: libraryItems.id,
  name: libraryItems.name,
  fileType: libraryItems.fileType,
  contentSize: libraryContents.sizeBytes,
  createdBy: libraryItems.createdBy,
  createdAt: libraryItems.createdAt,
  changedAt: libraryItems.changedAt,
}

export const listColumns: ListColumns = {
  _id: { column: libraryItems.id, type: 'uuid' },
  name: { column: libraryItems.name, type: 'text' },
  fileType: { column: libraryItems.fileType, type: 'text' },
  contentSize: { column: libraryContents.sizeBytes, type: 'number' },
  createdBy: { column: libraryItems.createdBy, type: 'text' },
  createdAt: { column: libraryItems.createdAt, type: 'moment' },
  changedAt: { column: libraryItems.changedAt, type: 'moment' },
}

interface Shown {
  id: string
  name: string
  fileType: string
  contentSize: number
  createdBy: string
  createdAt: Date
  changedAt: Date
}

export function toLibraryItem(
  resource: LibraryResource,
  { id, createdAt, changedAt, ...row }: Shown,
): LibraryItem {
  return {
    _id: id,
    ...row,
    content: contentPrefixOfResource[resource] + row.name.split('/').map(encodeURIComponent).join('/'),
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
  }
}
