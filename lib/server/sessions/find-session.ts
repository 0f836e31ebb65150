import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { sessions, users } from '#drizzle/schema.ts'
import type { UserActor } from '../access/actor.ts'
import { getDatabase } from '../database/database.ts'

export interface FoundSession {
  actor: UserActor
  mustChangePassword: boolean
}

/** Looked up at each request, so that a session ended or a person disabled is out with the next click. */
export async function findSession(sessionId: string): Promise<FoundSession | null> {
  const database = getDatabase()
  const [row] = await database
    .select({
      userId: users.id,
      email: users.email,
      name: users.name,
      organizationId: users.organizationId,
      isOrganizationAdmin: users.isOrganizationAdmin,
      mustChangePassword: users.mustChangePassword,
      isStale: lt(sessions.lastSeenAt, sql`now() - interval '1 minute'`),
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, sessionId), gt(sessions.expiresAt, sql`now()`), isNull(users.disabledAt)))
  if (!row) return null
  const { mustChangePassword, isStale, ...person } = row
  if (isStale) {
    await database
      .update(sessions)
      .set({ lastSeenAt: sql`now()` })
      .where(and(eq(sessions.id, sessionId), lt(sessions.lastSeenAt, sql`now() - interval '1 minute'`)))
  }
  return { actor: { kind: 'user', sessionId, ...person }, mustChangePassword }
}
