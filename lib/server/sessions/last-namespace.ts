import { and, desc, eq, isNotNull, ne, or, sql } from 'drizzle-orm'
import { sessions } from '#drizzle/schema.ts'
import type { UserActor } from '../access/actor.ts'
import { getDatabase } from '../database/database.ts'

/** Where `/` leads: the namespace last used in this session, else in the person's latest other one. */
export async function findLastNamespace(actor: UserActor): Promise<string | null> {
  const [row] = await getDatabase()
    .select({ name: sessions.lastNamespace })
    .from(sessions)
    .where(and(eq(sessions.userId, actor.userId), isNotNull(sessions.lastNamespace)))
    .orderBy(desc(eq(sessions.id, actor.sessionId)), desc(sessions.lastSeenAt))
    .limit(1)
  return row?.name ?? null
}

/** Called by the pages of a namespace; writes only when the name is another one. */
export async function rememberNamespace(actor: UserActor, name: string): Promise<void> {
  await getDatabase()
    .update(sessions)
    .set({ lastNamespace: name })
    .where(
      and(
        eq(sessions.id, actor.sessionId),
        or(sql`${sessions.lastNamespace} is null`, ne(sessions.lastNamespace, name)),
      ),
    )
}
