import { lt, sql } from 'drizzle-orm'
import { rateLimits, sessions } from '#drizzle/schema.ts'
import { getDatabase } from '../database/database.ts'

/** Nobody can use these rows any more: sessions that are over, and counts of failures that are forgiven. */
export async function removeExpiredSessions(): Promise<void> {
  const database = getDatabase()
  await database.delete(sessions).where(lt(sessions.expiresAt, sql`now()`))
  await database.delete(rateLimits).where(lt(rateLimits.expire, Date.now()))
}
