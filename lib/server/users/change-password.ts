import { and, eq, ne } from 'drizzle-orm'
import { sessions, users } from '#drizzle/schema.ts'
import { invalid } from '#lib/domain/errors.ts'
import { PasswordChange } from '#lib/domain/user.ts'
import type { UserActor } from '../access/actor.ts'
import { changeOwnAccount } from '../access/verb.ts'
import { parseInput } from '../resources/parse-input.ts'
import { hashPassword, verifyPassword } from '../sessions/hash-password.ts'
import { countAttempt } from '../sessions/limit-failures.ts'

/**
 * A new password for oneself. Needs the present one, where there is one, and counts failures as sign-in does; ends
 * every other session of the person.
 */
export async function changePassword(actor: UserActor, input: unknown, address: string): Promise<void> {
  const given = parseInput(PasswordChange, input, { secretPaths: ['presentPassword', 'newPassword'] })
  const attempt = await countAttempt(actor.email, address)
  await changeOwnAccount(actor, async (tx) => {
    const [user] = await tx.select().from(users).where(eq(users.id, actor.userId)).for('update')
    if (!user) throw new Error('a person who is signed in is gone')
    if (user.passwordHash !== null && !(await verifyPassword(user.passwordHash, given.presentPassword))) {
      throw wrong('presentPassword', 'matches', 'The present password is wrong')
    }
    if (given.newPassword === given.presentPassword) {
      throw wrong('newPassword', 'differs', 'The new password is the present one')
    }
    await tx
      .update(users)
      .set({ passwordHash: await hashPassword(given.newPassword), mustChangePassword: false })
      .where(eq(users.id, user.id))
    await tx.delete(sessions).where(and(eq(sessions.userId, user.id), ne(sessions.id, actor.sessionId)))
    return { result: undefined, audit: { action: 'user.changePassword', subject: user.email } }
  })
  await attempt.succeeded()
}

const wrong = (property: string, rule: string, message: string) =>
  invalid([{ path: [property], rule, message }])
