import { count, eq } from 'drizzle-orm'
import { libraryContents, libraryItems } from '#drizzle/schema.ts'
import type { LibraryItem, LibraryResource } from '#lib/domain/library.ts'
import type { ListQuery, Page } from '#lib/domain/list-query.ts'
import type { Actor } from '../access/actor.ts'
import { readInNamespace } from '../access/verb.ts'
import { pickProps, planList } from '../resources/list-rows.ts'
import { listColumns, shownColumns, toLibraryItem } from './to-library-item.ts'

export function listLibrary(
  actor: Actor,
  namespace: string,
  resource: LibraryResource,
  query: ListQuery,
): Promise<Page<LibraryItem>> {
  return readInNamespace(actor, namespace, 'read', async (scope) => {
    const plan = planList(listColumns, query, {
      defaultSort: { name: 1 },
      tieBreaker: libraryItems.id,
      otherProps: ['content'],
      searchColumn: libraryItems.name,
    })
    const where = scope.in(libraryItems, eq(libraryItems.resource, resource), plan.where)
    const rows = await scope.tx
      .select(shownColumns)
      .from(libraryItems)
      .innerJoin(libraryContents, eq(libraryContents.id, libraryItems.contentId))
      .where(where)
      .orderBy(...plan.orderBy)
      .limit(plan.limit)
      .offset(plan.offset)
    const items = rows.map((row) => toLibraryItem(resource, row))
    const page = { rows: pickProps(items, query) }
    if (!query.count) return page
    const [counted] = await scope.tx
      .select({ total: count() })
      .from(libraryItems)
      .innerJoin(libraryContents, eq(libraryContents.id, libraryItems.contentId))
      .where(where)
    return { ...page, total: counted?.total ?? 0 }
  })
}
