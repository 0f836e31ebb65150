import { accessTokens, users } from '#drizzle/schema.ts'
import { formatProfile, type TokenRow } from '#lib/domain/access.ts'

/** The columns a token is shown by; its hash is not among them. */
export const shownColumns = {
  id: accessTokens.id,
  name: accessTokens.name,
  profile: accessTokens.profile,
  clusters: accessTokens.clusters,
  owner: users.email,
  createdBy: accessTokens.createdBy,
  createdAt: accessTokens.createdAt,
  expiresAt: accessTokens.expiresAt,
  lastUsedAt: accessTokens.lastUsedAt,
}

type Shown = Omit<
  Pick<typeof accessTokens.$inferSelect, Exclude<keyof typeof shownColumns, 'owner'>>,
  never
> & { owner: string | null }

export function showToken(namespaceName: string, row: Shown): TokenRow {
  return {
    _id: row.id,
    name: row.name,
    profile: formatProfile(namespaceName, row.profile),
    clusters: row.clusters,
    owner: row.owner,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }
}
