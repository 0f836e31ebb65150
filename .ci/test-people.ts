import { encode } from 'next-auth/jwt'
import { users } from '#drizzle/schema.ts'
import { seed } from '#drizzle/seed.ts'
import type { NamespaceRole } from '#lib/domain/access.ts'
import type { UserActor } from '#lib/server/access/actor.ts'
import { getDatabase } from '#lib/server/database/database.ts'
import { setMembership } from '#lib/server/memberships/set.ts'
import { findSession } from '#lib/server/sessions/find-session.ts'
import { hashPassword } from '#lib/server/sessions/hash-password.ts'
import { openSession } from '#lib/server/sessions/open-session.ts'
import { sessionCookieName } from '#lib/server/sessions/session-cookie.ts'
import { getSettings } from '#lib/server/settings/settings.ts'

export const testPassword = 'correct horse battery'

/** A seeded console and a signed-in organization admin; call it after `createTestDatabase`. */
export async function makeFirstAdmin(): Promise<UserActor> {
  await seed(getDatabase(), { adminEmail: 'admin@example.com', adminPassword: testPassword })
  const [admin] = await getDatabase().select().from(users)
  if (!admin) throw new Error('the seed made nobody')
  return signIn(admin.id)
}

/** A signed-in person with that role in namespace `default`, or without any. */
export async function makePerson(
  admin: UserActor,
  email: string,
  role: NamespaceRole | null,
  namespace = 'default',
): Promise<UserActor> {
  const [person] = await getDatabase()
    .insert(users)
    .values({
      organizationId: admin.organizationId,
      email,
      name: email,
      passwordHash: await hashPassword(testPassword),
    })
    .returning()
  if (!person) throw new Error(`${email} exists already`)
  if (role) await setMembership(admin, namespace, person.id, role)
  return signIn(person.id)
}

/** A new session of that person. */
export async function signIn(userId: string): Promise<UserActor> {
  const session = await findSession(await openSession(userId, { userAgent: 'test', method: 'password' }))
  if (!session) throw new Error('a session just opened is not there')
  return session.actor
}

/** The cookie that session has in a browser. */
export async function cookieOf({ sessionId }: UserActor): Promise<string> {
  const cookie = await encode({ token: { sid: sessionId }, secret: getSettings().AUTH_SECRET })
  return `${sessionCookieName()}=${cookie}`
}
