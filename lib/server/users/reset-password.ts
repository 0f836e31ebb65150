import { eq, sql } from 'drizzle-orm'
import { auditEvents, sessions, users } from '#drizzle/schema.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { Actor } from '../access/actor.ts'
import { changeOrganization } from '../access/verb.ts'
import type { Database, Transaction } from '../database/database.ts'
import { generatePassword } from '../sessions/generate-password.ts'
import { hashPassword } from '../sessions/hash-password.ts'
import { findUser } from './find-user.ts'

/** For somebody who forgot the password: a new initial one, told here and nowhere else. Ends the person's sessions. */
export async function resetPassword(actor: Actor, userId: string): Promise<{ initialPassword: string }> {
  return changeOrganization(actor, async (tx, organizationId) => {
    const user = await findUser(tx, organizationId, userId)
    const initialPassword = await giveInitialPassword(tx, user.id)
    return { result: { initialPassword }, audit: { action: 'user.resetPassword', subject: user.email } }
  })
}

/**
 * For the owner of the machine when no admin can sign in: the same, by e-mail address and without an account to ask.
 * Whoever can run this can read the database anyway.
 */
export async function recoverPassword(database: Database, email: string): Promise<string> {
  return database.transaction(async (tx) => {
    const [user] = await tx
      .select()
      .from(users)
      .where(eq(sql`lower(${users.email})`, email.toLowerCase()))
      .for('update')
    if (!user) throw notFound('users', { email })
    const initialPassword = await giveInitialPassword(tx, user.id)
    await tx.insert(auditEvents).values({
      organizationId: user.organizationId,
      actor: 'system',
      action: 'user.resetPassword',
      subject: user.email,
    })
    return initialPassword
  })
}

async function giveInitialPassword(tx: Transaction, userId: string): Promise<string> {
  const initialPassword = generatePassword()
  await tx
    .update(users)
    .set({ passwordHash: await hashPassword(initialPassword), mustChangePassword: true })
    .where(eq(users.id, userId))
  await tx.delete(sessions).where(eq(sessions.userId, userId))
  return initialPassword
}
