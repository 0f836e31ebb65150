import { and, eq, isNull, sql } from 'drizzle-orm'
import { sessions, users } from '#drizzle/schema.ts'
import { conflict } from '#lib/domain/errors.ts'
import type { Actor } from '../access/actor.ts'
import { changeOrganization } from '../access/verb.ts'
import { findUser } from './find-user.ts'

/** Ends a person's sessions and refuses the personal tokens from now on. Nobody can disable the last admin. */
export async function disableUser(actor: Actor, userId: string): Promise<void> {
  await changeOrganization(actor, async (tx, organizationId) => {
    // Every admin is locked, so that two who disable each other at once do not both succeed.
    const admins = await tx
      .select({ id: users.id })
      .from(users)
      .where(
        and(eq(users.organizationId, organizationId), users.isOrganizationAdmin, isNull(users.disabledAt)),
      )
      .orderBy(users.id)
      .for('update')
    const user = await findUser(tx, organizationId, userId)
    if (admins.length === 1 && admins[0]?.id === user.id) {
      throw conflict('This is the only organization admin. Make somebody else one first.')
    }
    await tx
      .update(users)
      .set({ disabledAt: sql`coalesce(${users.disabledAt}, now())` })
      .where(eq(users.id, user.id))
    await tx.delete(sessions).where(eq(sessions.userId, user.id))
    return { result: undefined, audit: { action: 'user.disable', subject: user.email } }
  })
}

/** Lets a disabled person sign in again, with the password of before. */
export async function enableUser(actor: Actor, userId: string): Promise<void> {
  await changeOrganization(actor, async (tx, organizationId) => {
    const user = await findUser(tx, organizationId, userId)
    await tx.update(users).set({ disabledAt: null }).where(eq(users.id, user.id))
    return { result: undefined, audit: { action: 'user.enable', subject: user.email } }
  })
}
