import { and, eq, inArray } from 'drizzle-orm'
import { sessions } from '#drizzle/schema.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { UserActor } from '../access/actor.ts'
import { changeOwnAccount } from '../access/verb.ts'
import { sessionKey } from './list-mine.ts'

/** Ends this session. The cookie is worth nothing from now on; `signOut` removes it as well. */
export async function endCurrentSession(actor: UserActor): Promise<void> {
  await endSessions(actor, 'session.signOut', (ids) => ids.filter((id) => id === actor.sessionId))
}

/** Signs out everywhere, here too. */
export async function endAllSessions(actor: UserActor): Promise<void> {
  await endSessions(actor, 'session.signOutEverywhere', (ids) => ids)
}

/** Ends one of the person's sessions, by the key of the list. */
export async function endSession(actor: UserActor, key: string): Promise<void> {
  const ended = await endSessions(actor, 'session.end', (ids) => ids.filter((id) => sessionKey(id) === key))
  if (ended === 0) throw notFound('sessions', { key })
}

function endSessions(actor: UserActor, action: string, choose: (ids: string[]) => string[]): Promise<number> {
  return changeOwnAccount(actor, async (tx) => {
    const own = eq(sessions.userId, actor.userId)
    const rows = await tx.select({ id: sessions.id }).from(sessions).where(own)
    const chosen = choose(rows.map((row) => row.id))
    await tx.delete(sessions).where(and(own, inArray(sessions.id, chosen)))
    return {
      result: chosen.length,
      audit: { action, subject: actor.email, detail: { sessions: chosen.length } },
    }
  })
}
