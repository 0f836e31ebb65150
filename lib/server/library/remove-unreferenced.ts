import { sql } from 'drizzle-orm'
import { libraryContents, libraryItems, revisionContents } from '#drizzle/schema.ts'
import type { Transaction } from '../database/database.ts'

/** What a content is called until all its bytes are there. */
export const stagedPrefix = 'staged:'

/** Everything that adds, replaces or removes contents of one namespace does it one after another. */
export async function lockLibrary(tx: Transaction, namespaceId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`library:${namespaceId}`}, 0))`)
}

/**
 * Removes the contents that neither an item nor a revision refers to, and what uploads that died left behind. Call it
 * after `lockLibrary`. A content that a deploy is pinning just now is left for the next time.
 */
export async function removeUnreferencedContents(tx: Transaction, namespaceId: string): Promise<void> {
  const isUnreferenced = sql`
    not exists (select from ${libraryItems} as item where item.content_id = content.id)
    and not exists (select from ${revisionContents} as pinned where pinned.content_id = content.id)`
  const { rows } = await tx.execute<{ id: string }>(sql`
    select content.id from ${libraryContents} as content
    where content.namespace_id = ${namespaceId}
      and (content.sha256 not like ${`${stagedPrefix}%`} or content.created_at < now() - interval '1 hour')
      and ${isUnreferenced}
    for update of content skip locked`)
  const ids = rows.map((row) => row.id)
  if (ids.length === 0) return
  // Asked again: a pin may have been committed between looking and locking.
  await tx.execute(sql`
    delete from ${libraryContents} as content
    where content.id = any(${sql.param(ids)}::uuid[]) and ${isUnreferenced}`)
}
