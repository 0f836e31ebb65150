import { and, eq, isNull } from 'drizzle-orm'
import { decode, encode } from 'next-auth/jwt'
import { accounts, auditEvents, users } from '#drizzle/schema.ts'
import { getDatabase } from '../database/database.ts'
import { getSettings } from '../settings/settings.ts'
import { findSession } from './find-session.ts'

export const linkCookieName = 'windlass.link'
export const linkMaxAgeSeconds = 10 * 60
const salt = 'windlass.link'

/** What the account page puts into a cookie before it sends somebody to the provider: whose identity it will be. */
export const sealLink = (sessionId: string): Promise<string> =>
  encode({ token: { sid: sessionId }, secret: getSettings().AUTH_SECRET, maxAge: linkMaxAgeSeconds, salt })

async function readLink(cookie: string): Promise<string | undefined> {
  try {
    const token = await decode({ token: cookie, secret: getSettings().AUTH_SECRET, salt })
    return typeof token?.sid === 'string' ? token.sid : undefined
  } catch {
    return undefined
  }
}

/** The enabled person an identity belongs to, found by issuer and subject alone; else the code of the refusal. */
export async function findIdentity(
  issuer: string,
  subject: string,
): Promise<{ userId: string } | { refusal: 'identityUnknown' | 'userDisabled' }> {
  const [row] = await getDatabase()
    .select({ userId: users.id, disabledAt: users.disabledAt })
    .from(accounts)
    .innerJoin(users, eq(users.id, accounts.userId))
    .where(and(eq(accounts.issuer, issuer), eq(accounts.subject, subject)))
  if (!row) return { refusal: 'identityUnknown' }
  return row.disabledAt ? { refusal: 'userDisabled' } : { userId: row.userId }
}

/**
 * Links an identity to the person who asked for it while signed in. The session that asked must still be live and be
 * the one this browser holds.
 */
export async function linkIdentity(
  issuer: string,
  subject: string,
  link: { cookie: string; sessionId: string | undefined },
): Promise<{ userId: string } | { refusal: 'identityTaken' | 'linkExpired' }> {
  const sessionId = await readLink(link.cookie)
  const session = sessionId && sessionId === link.sessionId ? await findSession(sessionId) : null
  if (!session) return { refusal: 'linkExpired' }
  const { userId, organizationId, email } = session.actor
  return getDatabase().transaction(async (tx) => {
    const [linked] = await tx
      .insert(accounts)
      .values({ issuer, subject, userId })
      .onConflictDoNothing()
      .returning({ userId: accounts.userId })
    if (linked) {
      await tx.insert(auditEvents).values({
        organizationId,
        actor: email,
        action: 'identity.link',
        subject: email,
        detail: { issuer, subject },
      })
      return { userId }
    }
    const [present] = await tx
      .select({ userId: accounts.userId })
      .from(accounts)
      .innerJoin(users, and(eq(users.id, accounts.userId), isNull(users.disabledAt)))
      .where(and(eq(accounts.issuer, issuer), eq(accounts.subject, subject)))
    return present?.userId === userId ? { userId } : { refusal: 'identityTaken' as const }
  })
}
