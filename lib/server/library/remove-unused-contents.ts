import { sql } from 'drizzle-orm'
import { libraryContents, libraryItems, revisionContents } from '#drizzle/schema.ts'
import { getDatabase } from '../database/database.ts'
import { lockLibrary, removeUnreferencedContents } from './remove-unreferenced.ts'

/** Removes, in every namespace, contents that lost their last revision: when an installation goes, its pins go too. */
export async function removeUnusedContents(): Promise<void> {
  const { rows } = await getDatabase().execute<{ namespace_id: string }>(sql`
    select distinct content.namespace_id
    from ${libraryContents} as content
    where content.created_at < now() - interval '1 hour'
      and not exists (select from ${libraryItems} as item where item.content_id = content.id)
      and not exists (select from ${revisionContents} as pinned where pinned.content_id = content.id)`)
  for (const { namespace_id: namespaceId } of rows) {
    await getDatabase().transaction(async (tx) => {
      await lockLibrary(tx, namespaceId)
      await removeUnreferencedContents(tx, namespaceId)
    })
  }
}
