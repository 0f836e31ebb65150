import { sql } from 'drizzle-orm'
import { users } from '#drizzle/schema.ts'
import { DomainError } from '#lib/domain/errors.ts'
import { getDatabase } from '../database/database.ts'
import { verifyPassword } from './hash-password.ts'
import { countAttempt } from './limit-failures.ts'

/**
 * The person these credentials belong to. Throws 401 with one sentence for every reason (nobody, wrong, disabled),
 * after the same work, and 429 after too many failures.
 */
export async function checkCredentials(email: string, password: string, address: string) {
  const attempt = await countAttempt(email, address)
  const [user] = await getDatabase()
    .select()
    .from(users)
    .where(sql`lower(${users.email}) = lower(${email})`)
  const matches = await verifyPassword(user?.passwordHash ?? null, password)
  if (!user || !matches || user.disabledAt) {
    throw wrongCredentials()
  }
  await attempt.succeeded()
  return user
}

export const wrongCredentials = (): DomainError =>
  new DomainError('io.windlass.unauthenticated', 'E-mail address or password is wrong.')
