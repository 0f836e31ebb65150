import { count, eq, isNull, sql } from 'drizzle-orm'
import { accessTokens, users } from '#drizzle/schema.ts'
import type { TokenRow } from '#lib/domain/access.ts'
import type { ListQuery, Page } from '#lib/domain/list-query.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { Actor } from '../access/actor.ts'
import { readInNamespace } from '../access/verb.ts'
import { pickProps, planList, type ListColumns } from '../resources/list-rows.ts'
import { shownColumns, showToken } from './token-row.ts'

const columnsOf = (namespace: string): ListColumns => ({
  _id: { column: accessTokens.id, type: 'uuid' },
  name: { column: accessTokens.name, type: 'text' },
  profile: { column: sql`${namespace}::text || '.' || ${accessTokens.profile}`, type: 'text' },
  owner: { column: users.email, type: 'text' },
  createdBy: { column: accessTokens.createdBy, type: 'text' },
  createdAt: { column: accessTokens.createdAt, type: 'moment' },
  expiresAt: { column: accessTokens.expiresAt, type: 'moment' },
  lastUsedAt: { column: accessTokens.lastUsedAt, type: 'moment' },
})

/** The namespace's tokens that are not revoked, for its admins. Expired ones stay listed, so that they can be seen. */
export function listTokens(actor: Actor, namespace: string, query: ListQuery): Promise<Page<TokenRow>> {
  return readInNamespace(actor, namespace, 'manage', async (scope) => {
    const plan = planList(columnsOf(namespace), query, {
      defaultSort: { name: 1 },
      tieBreaker: accessTokens.id,
      otherProps: ['clusters'],
    })
    const where = scope.in(accessTokens, isNull(accessTokens.revokedAt), plan.where)
    const rows = await scope.tx
      .select(shownColumns)
      .from(accessTokens)
      .leftJoin(users, eq(users.id, accessTokens.ownerUserId))
      .where(where)
      .orderBy(...plan.orderBy)
      .limit(plan.limit)
      .offset(plan.offset)
    const page = {
      rows: pickProps(
        rows.map((row) => showToken(namespace, row)),
        query,
      ),
    }
    if (!query.count) return page
    const [counted] = await scope.tx
      .select({ total: count() })
      .from(accessTokens)
      .leftJoin(users, eq(users.id, accessTokens.ownerUserId))
      .where(where)
    return { ...page, total: counted?.total ?? 0 }
  })
}

/** One token that is not revoked, by name. */
export function getToken(actor: Actor, namespace: string, name: string): Promise<TokenRow> {
  return readInNamespace(actor, namespace, 'manage', async (scope) => {
    const [row] = await scope.tx
      .select(shownColumns)
      .from(accessTokens)
      .leftJoin(users, eq(users.id, accessTokens.ownerUserId))
      .where(scope.in(accessTokens, isNull(accessTokens.revokedAt), eq(accessTokens.name, name)))
    if (!row) throw notFound('tokens', { name })
    return showToken(namespace, row)
  })
}
