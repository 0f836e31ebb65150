import { namespaces, profiles } from '#drizzle/schema.ts'
import { TokenProfile } from '#lib/domain/access.ts'
import type { Transaction } from '../database/database.ts'

/** A namespace with the profiles its tokens may have; undefined when the name is taken. */
export async function insertNamespace(tx: Transaction, organizationId: string, name: string) {
  const [namespace] = await tx
    .insert(namespaces)
    .values({ organizationId, name })
    .onConflictDoNothing()
    .returning()
  if (!namespace) return undefined
  await tx
    .insert(profiles)
    .values(TokenProfile.options.map((profile) => ({ namespaceId: namespace.id, name: profile })))
  return namespace
}
