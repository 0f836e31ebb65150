import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { accessTokens, namespaces, users } from '#drizzle/schema.ts'
import { tokenPrefix } from '#lib/domain/access.ts'
import type { Actor, WorkerActor } from '../access/actor.ts'
import { getDatabase } from '../database/database.ts'
import { hashToken } from './mint-token.ts'

/**
 * Who a token speaks for; null when it is unknown, expired or revoked, or its owner disabled. Looked up at each
 * request, so a revocation counts from the next one on. `lastUsedAt` is written at most once a minute.
 */
export async function findActorOfToken(token: string): Promise<Actor | WorkerActor | null> {
  if (!token.startsWith(tokenPrefix)) return null
  const database = getDatabase()
  const isStale = or(
    isNull(accessTokens.lastUsedAt),
    lt(accessTokens.lastUsedAt, sql`now() - interval '1 minute'`),
  )
  const [row] = await database
    .select({
      tokenId: accessTokens.id,
      name: accessTokens.name,
      profile: accessTokens.profile,
      clusters: accessTokens.clusters,
      namespaceId: accessTokens.namespaceId,
      organizationId: namespaces.organizationId,
      ownerUserId: accessTokens.ownerUserId,
      ownerEmail: users.email,
      ownerIsOrganizationAdmin: users.isOrganizationAdmin,
      isStale: sql<boolean>`${isStale}`,
    })
    .from(accessTokens)
    .innerJoin(namespaces, eq(namespaces.id, accessTokens.namespaceId))
    .leftJoin(users, eq(users.id, accessTokens.ownerUserId))
    .where(
      and(
        eq(accessTokens.tokenHash, hashToken(token)),
        isNull(accessTokens.revokedAt),
        or(isNull(accessTokens.expiresAt), sql`${accessTokens.expiresAt} > now()`),
        isNull(users.disabledAt),
      ),
    )
  if (!row) return null
  if (row.isStale) {
    await database
      .update(accessTokens)
      .set({ lastUsedAt: sql`now()` })
      .where(and(eq(accessTokens.id, row.tokenId), isStale))
  }
  const { tokenId, name, organizationId, namespaceId, profile } = row
  if (profile === 'k8sWorker__system') {
    return { kind: 'worker', tokenId, name, organizationId, namespaceId, clusters: row.clusters }
  }
  const owner =
    row.ownerUserId === null
      ? null
      : {
          userId: row.ownerUserId,
          email: row.ownerEmail ?? '',
          isOrganizationAdmin: row.ownerIsOrganizationAdmin ?? false,
        }
  return { kind: 'token', tokenId, name, organizationId, namespaceId, profile, owner }
}
