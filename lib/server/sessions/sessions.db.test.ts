import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase } from '#ci/test-database.ts'
import { makeFirstAdmin, makePerson, signIn, testPassword } from '#ci/test-people.ts'
import { rateLimits, sessions, users } from '#drizzle/schema.ts'
import type { UserActor } from '../access/actor.ts'
import { getDatabase } from '../database/database.ts'
import { changePassword } from '../users/change-password.ts'
import { createUser } from '../users/create.ts'
import { disableUser, enableUser } from '../users/disable.ts'
import { recoverPassword } from '../users/reset-password.ts'
import { checkCredentials } from './check-credentials.ts'
import { endAllSessions, endCurrentSession, endSession } from './end-sessions.ts'
import { findSession } from './find-session.ts'
import { findIdentity, linkIdentity, sealLink } from './link-identity.ts'
import { listMySessions } from './list-mine.ts'
import { openSession } from './open-session.ts'
import { removeExpiredSessions } from './remove-expired-sessions.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let admin: UserActor
let person: UserActor

beforeAll(async () => {
  database = await createTestDatabase()
  admin = await makeFirstAdmin()
  person = await makePerson(admin, 'ann@example.com', 'admin')
})
afterAll(() => database.drop())
beforeEach(() => getDatabase().delete(rateLimits))

const isLive = async (actor: UserActor) => (await findSession(actor.sessionId)) !== null

describe('credentials', () => {
  test('are argon2id with the parameters OWASP asks for', async () => {
    const [row] = await getDatabase().select().from(users).where(eq(users.id, person.userId))
    expect(row?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  test('find the person whatever the case of the address', async () => {
    const found = await checkCredentials('ANN@example.com', testPassword, '::1')
    expect(found.id).toBe(person.userId)
  })

  test('that are wrong, of nobody, or of somebody disabled are refused in the same words', async () => {
    const gone = await makePerson(admin, 'gone@example.com', null)
    await disableUser(admin, gone.userId)
    for (const [email, password] of [
      ['ann@example.com', 'wrong'],
      ['nobody@example.com', testPassword],
      ['gone@example.com', testPassword],
    ] as const) {
      await expect(checkCredentials(email, password, '::1')).rejects.toMatchObject({
        code: 'io.windlass.unauthenticated',
        message: 'E-mail address or password is wrong.',
      })
    }
  })
})

describe('failures', () => {
  test('are limited where they come from, also at once, and the right password waits there too', async () => {
    const guesses = await Promise.allSettled(
      Array.from({ length: 14 }, (_, index) =>
        checkCredentials('ann@example.com', `guess ${index}`, '10.0.0.1'),
      ),
    )
    const codes = guesses.map((guess) => (guess.status === 'rejected' ? guess.reason.code : 'in'))
    expect(codes.filter((code) => code === 'io.windlass.unauthenticated')).toHaveLength(10)
    expect(codes.filter((code) => code === 'io.windlass.too.many.requests')).toHaveLength(4)
    await expect(checkCredentials('ann@example.com', testPassword, '10.0.0.1')).rejects.toMatchObject({
      code: 'io.windlass.too.many.requests',
      httpStatus: 429,
      retryAfterSeconds: expect.closeTo(900, -1),
      message: 'Too many failed sign-ins. Try again in 15 minutes.',
    })
    // A stranger's guesses lock nobody out elsewhere.
    await expect(checkCredentials('ann@example.com', testPassword, '10.0.0.2')).resolves.toBeTruthy()
  })

  test('are limited by address of mail, wherever they come from', async () => {
    const key = `email:${createHash('sha256').update('ann@example.com').digest('hex')}`
    await getDatabase()
      .insert(rateLimits)
      .values({ key, points: 50, expire: Date.now() + 60_000 })
    await expect(checkCredentials('Ann@example.com', testPassword, '10.0.0.3')).rejects.toMatchObject({
      code: 'io.windlass.too.many.requests',
    })
  })

  test('are limited by network address, whoever they try to be', async () => {
    await getDatabase()
      .insert(rateLimits)
      .values({ key: 'address:10.0.0.9', points: 100, expire: Date.now() + 60_000 })
    await expect(checkCredentials('ann@example.com', testPassword, '10.0.0.9')).rejects.toMatchObject({
      code: 'io.windlass.too.many.requests',
    })
    await checkCredentials('ann@example.com', testPassword, '10.0.0.8')
  })

  test('are forgotten by a success', async () => {
    for (let count = 0; count < 15; count += 1) {
      if (count % 5 === 4) await checkCredentials('ann@example.com', testPassword, '::1')
      else await checkCredentials('ann@example.com', 'wrong', '::1').catch(() => undefined)
    }
    await expect(checkCredentials('ann@example.com', testPassword, '::1')).resolves.toBeTruthy()
  })
})

describe('a session', () => {
  test('that is over is removed with the counts that are forgiven, and no other', async () => {
    const [over, live] = [await signIn(person.userId), await signIn(person.userId)]
    await getDatabase()
      .update(sessions)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(sessions.id, over.sessionId))
    await getDatabase()
      .insert(rateLimits)
      .values([
        { key: 'forgiven', points: 1, expire: Date.now() - 1 },
        { key: 'counting', points: 1, expire: Date.now() + 60_000 },
      ])
    await removeExpiredSessions()
    const kept = await getDatabase().select({ id: sessions.id }).from(sessions)
    expect(kept.map(({ id }) => id)).toContain(live.sessionId)
    expect(kept.map(({ id }) => id)).not.toContain(over.sessionId)
    expect(await getDatabase().select({ key: rateLimits.key }).from(rateLimits)).toEqual([
      { key: 'counting' },
    ])
  })

  test('ends with sign-out, alone', async () => {
    const [here, there] = [await signIn(person.userId), await signIn(person.userId)]
    await endCurrentSession(here)
    expect([await isLive(here), await isLive(there)]).toEqual([false, true])
  })

  test('ends with sign-out everywhere, of this person only', async () => {
    const [here, there] = [await signIn(person.userId), await signIn(person.userId)]
    await endAllSessions(here)
    expect([await isLive(here), await isLive(there), await isLive(admin)]).toEqual([false, false, true])
  })

  test('can be ended from the list, which never shows what opens it', async () => {
    const [here, there] = [await signIn(person.userId), await signIn(person.userId)]
    const list = await listMySessions(here)
    expect(JSON.stringify(list)).not.toContain(there.sessionId)
    const other = list.find((each) => !each.isCurrent)
    await endSession(here, other?.key ?? '')
    expect([await isLive(here), await isLive(there)]).toEqual([true, false])
    await expect(endSession(admin, list.find((each) => each.isCurrent)?.key ?? '')).rejects.toMatchObject({
      httpStatus: 404,
    })
  })

  test('is over when its time is', async () => {
    const actor = await signIn(person.userId)
    await getDatabase()
      .update(sessions)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(sessions.id, actor.sessionId))
    expect(await isLive(actor)).toBe(false)
  })

  test('ends when its person is disabled, and does not come back', async () => {
    const victim = await makePerson(admin, 'victim@example.com', 'viewer')
    await disableUser(admin, victim.userId)
    expect(await isLive(victim)).toBe(false)
    const sneakedIn = await openSession(victim.userId, { userAgent: null, method: 'password' })
    expect(await findSession(sneakedIn)).toBeNull()
    await enableUser(admin, victim.userId)
    expect(await isLive(victim)).toBe(false)
  })
})

describe('a new password', () => {
  test('needs the present one and ends the other sessions', async () => {
    const ben = await makePerson(admin, 'ben@example.com', null)
    const elsewhere = await signIn(ben.userId)
    const newPassword = 'another long password'
    await expect(changePassword(ben, { presentPassword: 'wrong', newPassword }, '::1')).rejects.toMatchObject(
      { faults: [{ path: ['presentPassword'], rule: 'matches' }] },
    )
    expect(await isLive(elsewhere)).toBe(true)
    await changePassword(ben, { presentPassword: testPassword, newPassword }, '::1')
    expect([await isLive(ben), await isLive(elsewhere)]).toEqual([true, false])
    await expect(checkCredentials('ben@example.com', newPassword, '::1')).resolves.toBeTruthy()
    await expect(checkCredentials('ben@example.com', testPassword, '::1')).rejects.toThrow()
  })

  test('that is refused is not repeated in the answer', async () => {
    const refusal = await changePassword(admin, { presentPassword: 7, newPassword: 'tiny' }, '::1').catch(
      (error: unknown) => error,
    )
    expect(refusal).toMatchObject({ faults: [{ path: ['presentPassword'] }, { path: ['newPassword'] }] })
    expect(JSON.stringify(refusal)).not.toContain('tiny')
  })

  test('is given anew to who lost it, by the owner of the machine, and ends what was signed in', async () => {
    const lost = await makePerson(admin, 'lost@example.com', 'viewer')
    const password = await recoverPassword(getDatabase(), 'Lost@example.com')
    expect(await isLive(lost)).toBe(false)
    await expect(checkCredentials('lost@example.com', testPassword, '::1')).rejects.toThrow()
    const user = await checkCredentials('lost@example.com', password, '::1')
    expect(await findSession((await signIn(user.id)).sessionId)).toMatchObject({ mustChangePassword: true })
    await expect(recoverPassword(getDatabase(), 'nobody@example.com')).rejects.toThrow('could not be found')
  })

  test('must replace the initial one, which is shown once', async () => {
    const made = await createUser(admin, { email: 'new@example.com', name: 'New' })
    const user = await checkCredentials('new@example.com', made.initialPassword ?? '', '::1')
    const session = await findSession((await signIn(user.id)).sessionId)
    expect(session?.mustChangePassword).toBe(true)
    const change = { presentPassword: made.initialPassword ?? '', newPassword: 'my own long password' }
    await changePassword(session?.actor ?? admin, change, '::1')
    expect(await findSession(session?.actor.sessionId ?? '')).toMatchObject({ mustChangePassword: false })
  })
})

describe('an identity of the single sign-on', () => {
  const issuer = 'https://id.example.com'

  test('is unknown until it is linked, whatever e-mail address it claims', async () => {
    expect(await findIdentity(issuer, 'ann@example.com')).toEqual({ refusal: 'identityUnknown' })
  })

  test('is linked by who is signed in, in that browser, and is taken from then on', async () => {
    const here = await signIn(person.userId)
    const cookie = await sealLink(here.sessionId)
    expect(await linkIdentity(issuer, 'sub-1', { cookie, sessionId: admin.sessionId })).toEqual({
      refusal: 'linkExpired',
    })
    expect(await linkIdentity(issuer, 'sub-1', { cookie, sessionId: here.sessionId })).toEqual({
      userId: person.userId,
    })
    expect(await findIdentity(issuer, 'sub-1')).toEqual({ userId: person.userId })
    expect(await findIdentity('https://other.example.com', 'sub-1')).toEqual({ refusal: 'identityUnknown' })
    const theirs = { cookie: await sealLink(admin.sessionId), sessionId: admin.sessionId }
    expect(await linkIdentity(issuer, 'sub-1', theirs)).toEqual({ refusal: 'identityTaken' })
  })

  test('is not linked for a session that has ended', async () => {
    const actor = await signIn(person.userId)
    const cookie = await sealLink(actor.sessionId)
    await endCurrentSession(actor)
    expect(await linkIdentity(issuer, 'sub-2', { cookie, sessionId: actor.sessionId })).toEqual({
      refusal: 'linkExpired',
    })
  })
})
