import { asc, eq } from 'drizzle-orm'
import { users } from '#drizzle/schema.ts'
import type { User } from '#lib/domain/user.ts'
import type { Actor } from '../access/actor.ts'
import { readOrganization } from '../access/verb.ts'
import { shownColumns, toUser } from './to-user.ts'

/** Everybody in the organization, disabled ones too, by e-mail address. */
export function listUsers(actor: Actor): Promise<User[]> {
  return readOrganization(actor, async (tx, organizationId) => {
    const rows = await tx
      .select(shownColumns)
      .from(users)
      .where(eq(users.organizationId, organizationId))
      .orderBy(asc(users.email))
    return rows.map(toUser)
  })
}
