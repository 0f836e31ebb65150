import { eq } from 'drizzle-orm'
import { libraryItems } from '#drizzle/schema.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { LibraryResource } from '#lib/domain/library.ts'
import type { Actor } from '../access/actor.ts'
import { changeInNamespace } from '../access/verb.ts'
import { lockLibrary, removeUnreferencedContents } from './remove-unreferenced.ts'

/** Deletes an item. Installations that mount it keep what they were deployed with. */
export async function deleteLibraryItem(
  actor: Actor,
  namespace: string,
  resource: LibraryResource,
  name: string,
): Promise<void> {
  await changeInNamespace(actor, namespace, async (scope) => {
    await lockLibrary(scope.tx, scope.namespaceId)
    const [deleted] = await scope.tx
      .delete(libraryItems)
      .where(scope.in(libraryItems, eq(libraryItems.resource, resource), eq(libraryItems.name, name)))
      .returning({ id: libraryItems.id })
    if (!deleted) throw notFound(resource, { name })
    await removeUnreferencedContents(scope.tx, scope.namespaceId)
    return {
      result: undefined,
      audit: { action: `${resource}.delete`, subject: name },
      changes: [{ noun: 'library' }],
    }
  })
}
