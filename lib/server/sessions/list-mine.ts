import { createHash } from 'node:crypto'
import { and, desc, eq, gt, sql } from 'drizzle-orm'
import { sessions } from '#drizzle/schema.ts'
import type { Session } from '#lib/domain/user.ts'
import type { UserActor } from '../access/actor.ts'
import { getDatabase } from '../database/database.ts'

/** Names a session without giving away its id. */
export const sessionKey = (sessionId: string): string =>
  createHash('sha256').update(sessionId).digest('hex').slice(0, 24)

/** The person's live sessions, the latest used first. */
export async function listMySessions(actor: UserActor): Promise<Session[]> {
  const rows = await getDatabase()
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, actor.userId), gt(sessions.expiresAt, sql`now()`)))
    .orderBy(desc(sessions.lastSeenAt))
  return rows.map((row) => ({
    key: sessionKey(row.id),
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    userAgent: row.userAgent,
    isCurrent: row.id === actor.sessionId,
  }))
}
