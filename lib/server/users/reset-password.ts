import { eq } from 'drizzle-orm'
import { sessions, users } from '#drizzle/schema.ts'
import type { Actor } from '../access/actor.ts'
import { changeOrganization } from '../access/verb.ts'
import { generatePassword } from '../sessions/generate-password.ts'
import { hashPassword } from '../sessions/hash-password.ts'
import { findUser } from './find-user.ts'

/** For somebody who forgot the password: a new initial one, told here and nowhere else. Ends the person's sessions. */
export async function resetPassword(actor: Actor, userId: string): Promise<{ initialPassword: string }> {
  return changeOrganization(actor, async (tx, organizationId) => {
    const user = await findUser(tx, organizationId, userId)
    const initialPassword = generatePassword()
    await tx
      .update(users)
      .set({ passwordHash: await hashPassword(initialPassword), mustChangePassword: true })
      .where(eq(users.id, user.id))
    await tx.delete(sessions).where(eq(sessions.userId, user.id))
    return { result: { initialPassword }, audit: { action: 'user.resetPassword', subject: user.email } }
  })
}
