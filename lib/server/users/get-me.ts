import { eq } from 'drizzle-orm'
import { users } from '#drizzle/schema.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { User } from '#lib/domain/user.ts'
import type { UserActor } from '../access/actor.ts'
import { getDatabase } from '../database/database.ts'
import { shownColumns, toUser } from './to-user.ts'

/** Oneself, as the account page shows it. */
export async function getMe(actor: UserActor): Promise<User> {
  const [row] = await getDatabase().select(shownColumns).from(users).where(eq(users.id, actor.userId))
  if (!row) throw notFound('users', { email: actor.email })
  return toUser(row)
}
