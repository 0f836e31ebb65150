import { eq } from 'drizzle-orm'
import { libraryContents, libraryItems } from '#drizzle/schema.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { LibraryItem, LibraryResource } from '#lib/domain/library.ts'
import type { Actor } from '../access/actor.ts'
import { readInNamespace } from '../access/verb.ts'
import { shownColumns, toLibraryItem } from './to-library-item.ts'

export function getLibraryItem(
  actor: Actor,
  namespace: string,
  resource: LibraryResource,
  name: string,
): Promise<LibraryItem> {
  return readInNamespace(actor, namespace, 'read', async (scope) => {
    const [row] = await scope.tx
      .select(shownColumns)
      .from(libraryItems)
      .innerJoin(libraryContents, eq(libraryContents.id, libraryItems.contentId))
      .where(scope.in(libraryItems, eq(libraryItems.resource, resource), eq(libraryItems.name, name)))
    if (!row) throw notFound(resource, { name })
    return toLibraryItem(resource, row)
  })
}
