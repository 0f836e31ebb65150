import { and, eq, isNull } from 'drizzle-orm'
import { users } from '#drizzle/schema.ts'
import { conflict } from '#lib/domain/errors.ts'
import type { Actor } from '../access/actor.ts'
import { changeOrganization } from '../access/verb.ts'
import { findUser } from './find-user.ts'

/** Makes somebody an organization admin, or no longer one. One is always left. */
export async function setOrganizationAdmin(actor: Actor, userId: string, isAdmin: boolean): Promise<void> {
  await changeOrganization(actor, async (tx, organizationId) => {
    const admins = await tx
      .select({ id: users.id })
      .from(users)
      .where(
        and(eq(users.organizationId, organizationId), users.isOrganizationAdmin, isNull(users.disabledAt)),
      )
      .orderBy(users.id)
      .for('update')
    const user = await findUser(tx, organizationId, userId)
    if (!isAdmin && admins.length === 1 && admins[0]?.id === user.id) {
      throw conflict('This is the only organization admin. Make somebody else one first.')
    }
    await tx.update(users).set({ isOrganizationAdmin: isAdmin }).where(eq(users.id, user.id))
    return {
      result: undefined,
      audit: { action: 'user.setOrganizationAdmin', subject: user.email, detail: { isAdmin } },
    }
  })
}
