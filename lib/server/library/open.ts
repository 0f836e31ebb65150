import { eq } from 'drizzle-orm'
import { libraryContents, libraryItems } from '#drizzle/schema.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { LibraryResource } from '#lib/domain/library.ts'
import type { Actor } from '../access/actor.ts'
import { readInNamespace } from '../access/verb.ts'
import { readContent } from './read-content.ts'

export interface OpenedContent {
  fileType: string
  sizeBytes: number
  sha256: string
  /** From `start` to before `end`. */
  read(start: number, end: number): AsyncGenerator<Uint8Array>
}

/** Finds an item's content, to be read in parts. */
export function openLibraryItem(
  actor: Actor,
  namespace: string,
  resource: LibraryResource,
  name: string,
): Promise<OpenedContent> {
  return readInNamespace(actor, namespace, 'read', async (scope) => {
    const [row] = await scope.tx
      .select({
        fileType: libraryItems.fileType,
        contentId: libraryContents.id,
        sizeBytes: libraryContents.sizeBytes,
        sha256: libraryContents.sha256,
      })
      .from(libraryItems)
      .innerJoin(libraryContents, eq(libraryContents.id, libraryItems.contentId))
      .where(scope.in(libraryItems, eq(libraryItems.resource, resource), eq(libraryItems.name, name)))
    if (!row) throw notFound(resource, { name })
    const { contentId, ...opened } = row
    return { ...opened, read: (start, end) => readContent(contentId, start, end) }
  })
}
