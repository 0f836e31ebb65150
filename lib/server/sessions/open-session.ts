import { randomBytes } from 'node:crypto'
import { eq, lt, sql } from 'drizzle-orm'
import { auditEvents, sessions, users } from '#drizzle/schema.ts'
import { getDatabase } from '../database/database.ts'
import { sessionMaxAgeSeconds } from './session-cookie.ts'

/** Opens a session for somebody whose identity was just proved, and answers its id: 256 random bits. */
export async function openSession(
  userId: string,
  {
    userAgent,
    method,
    replaces,
  }: { userAgent: string | null; method: 'password' | 'oidc'; replaces?: string },
): Promise<string> {
  const id = randomBytes(32).toString('base64url')
  await getDatabase().transaction(async (tx) => {
    if (replaces) await tx.delete(sessions).where(eq(sessions.id, replaces))
    await tx.delete(sessions).where(lt(sessions.expiresAt, sql`now()`))
    const [user] = await tx.select().from(users).where(eq(users.id, userId))
    if (!user) throw new Error('a session for nobody')
    const expiresAt = sql`now() + make_interval(secs => ${sessionMaxAgeSeconds})`
    await tx.insert(sessions).values({ id, userId, expiresAt, userAgent: userAgent?.slice(0, 300) ?? null })
    await tx.insert(auditEvents).values({
      organizationId: user.organizationId,
      actor: user.email,
      action: 'session.open',
      subject: user.email,
      detail: { method },
    })
  })
  return id
}
