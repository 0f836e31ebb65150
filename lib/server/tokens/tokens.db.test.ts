import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from '#ci/test-database.ts'
import { makeFirstAdmin, makePerson, testPassword } from '#ci/test-people.ts'
import { accessTokens, rateLimits } from '#drizzle/schema.ts'
import type { NamespaceRole } from '#lib/domain/access.ts'
import { ListQuery } from '#lib/domain/list-query.ts'
import type { Actor, UserActor } from '../access/actor.ts'
import { createCluster } from '../clusters/create.ts'
import { listClusters } from '../clusters/list.ts'
import { getDatabase } from '../database/database.ts'
import { removeMembership } from '../memberships/remove.ts'
import { setMembership } from '../memberships/set.ts'
import { createNamespace } from '../namespaces/create.ts'
import { answerAuthenticate } from '../rest/answer-authenticate.ts'
import { disableUser, enableUser } from '../users/disable.ts'
import { findActorOfToken } from './authenticate.ts'
import { createToken } from './create.ts'
import { getToken, listTokens } from './list.ts'
import { hashToken } from './mint-token.ts'
import { revokeToken } from './revoke.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let admin: UserActor
let ann: UserActor
const query = ListQuery.parse({})

beforeAll(async () => {
  database = await createTestDatabase()
  admin = await makeFirstAdmin()
  ann = await makePerson(admin, 'ann@example.com', 'admin')
  await createCluster(admin, 'default', { name: 'minikube' })
})
afterAll(() => database.drop())

async function actorOf(token: string): Promise<Actor> {
  const actor = await findActorOfToken(token)
  if (!actor || actor.kind === 'worker') throw new Error('the token speaks for no actor')
  return actor
}

/** What the token may do now: the status a change is refused with, or 200. */
async function tryChange(token: string): Promise<number> {
  const name = `c${Math.random().toString(36).slice(2)}`
  return createCluster(await actorOf(token), 'default', { name }).then(
    () => 200,
    (error: { httpStatus: number }) => error.httpStatus,
  )
}

async function tryRead(token: string): Promise<number> {
  return listClusters(await actorOf(token), 'default', query).then(
    () => 200,
    (error: { httpStatus: number }) => error.httpStatus,
  )
}

describe('a token', () => {
  test('is 256 bits, told once, and only its digest is kept', async () => {
    const { token } = await createToken(ann, 'default', { name: 'once', profile: 'default.viewer' })
    expect(token).toMatch(/^wl_[A-Za-z0-9_-]{43}$/)
    const shown = JSON.stringify([
      await getToken(ann, 'default', 'once'),
      await listTokens(ann, 'default', query),
    ])
    expect(shown).not.toContain(token)
    expect(shown).not.toContain(hashToken(token))
    const { rows } = await getDatabase().execute<{ row: string }>(
      sql`select ${accessTokens}::text as row from ${accessTokens}`,
    )
    expect(JSON.stringify(rows)).not.toContain(token.slice(3))
    expect(JSON.stringify(rows)).toContain(hashToken(token))
  })

  test('has a name of its own, free again when it is revoked', async () => {
    const input = { name: 'mine', profile: 'default.admin' }
    await createToken(ann, 'default', input)
    await expect(createToken(admin, 'default', input)).rejects.toMatchObject({ httpStatus: 409 })
    await revokeToken(ann, 'default', 'mine')
    await expect(createToken(admin, 'default', input)).resolves.toBeTruthy()
    await revokeToken(ann, 'default', 'mine')
    await expect(revokeToken(ann, 'default', 'mine')).rejects.toMatchObject({ httpStatus: 404 })
  })

  test('is nothing once it is revoked, or its time is over', async () => {
    const { token } = await createToken(ann, 'default', { name: 'short', profile: 'default.admin' })
    expect(await findActorOfToken(token)).toMatchObject({ kind: 'token', name: 'short' })
    await revokeToken(ann, 'default', 'short')
    expect(await findActorOfToken(token)).toBeNull()
    const expiresAt = '2099-01-01T00:00:00+02:00'
    const made = await createToken(ann, 'default', { name: 'timed', profile: 'default.admin', expiresAt })
    expect(made.expiresAt).toBe('2098-12-31T22:00:00.000Z')
    expect(await findActorOfToken(made.token)).not.toBeNull()
    await getDatabase()
      .update(accessTokens)
      .set({ expiresAt: sql`now()` })
      .where(eq(accessTokens.name, 'timed'))
    expect(await findActorOfToken(made.token)).toBeNull()
  })

  test('notes its last use, at most once a minute', async () => {
    const { token } = await createToken(ann, 'default', { name: 'used', profile: 'default.viewer' })
    const lastUse = async () => (await getToken(ann, 'default', 'used')).lastUsedAt
    expect(await lastUse()).toBeNull()
    await findActorOfToken(token)
    const first = await lastUse()
    expect(first).not.toBeNull()
    await findActorOfToken(token)
    expect(await lastUse()).toBe(first)
    await getDatabase()
      .update(accessTokens)
      .set({ lastUsedAt: sql`now() - interval '61 seconds'` })
      .where(eq(accessTokens.name, 'used'))
    await findActorOfToken(token)
    expect(Date.parse((await lastUse()) ?? '')).toBeGreaterThanOrEqual(Date.parse(first ?? ''))
  })

  test.each([
    ['profile', { profile: 'other.admin' }, 'profileExists'],
    ['profile', { profile: 'admin' }, 'profileExists'],
    ['profile', { profile: 'default.owner' }, 'profileExists'],
    ['clusters', { profile: 'default.k8sWorker__system' }, 'required'],
    ['clusters', { profile: 'default.viewer', clusters: ['minikube'] }, 'workerOnly'],
    ['expiresAt', { profile: 'default.viewer', expiresAt: '2020-01-01T00:00:00Z' }, 'inFuture'],
  ])('with a wrong %s is refused: %j', async (path, input, rule) => {
    await expect(createToken(ann, 'default', { name: 'wrong', ...input })).rejects.toMatchObject({
      faults: [{ path: [path], rule }],
    })
  })

  test('is made by admins only', async () => {
    const input = { name: 'grab', profile: 'default.viewer' }
    for (const role of ['viewer', 'user'] as const) {
      const person = await makePerson(admin, `${role}@example.com`, role)
      await expect(createToken(person, 'default', input)).rejects.toMatchObject({ httpStatus: 403 })
    }
    const stranger = await makePerson(admin, 'stranger@example.com', null)
    await expect(createToken(stranger, 'default', input)).rejects.toMatchObject({ httpStatus: 404 })
    const { token } = await createToken(ann, 'default', { name: 'reader', profile: 'default.viewer' })
    await expect(createToken(await actorOf(token), 'default', input)).rejects.toMatchObject({
      httpStatus: 403,
    })
  })
})

describe("a worker's token", () => {
  test('speaks for the clusters it names, whoever made it', async () => {
    const maker = await makePerson(admin, 'maker@example.com', 'admin')
    const input = { name: 'worker', profile: 'default.k8sWorker__system', clusters: ['minikube'] }
    const made = await createToken(maker, 'default', input)
    expect(made.owner).toBeNull()
    await disableUser(admin, maker.userId)
    expect(await findActorOfToken(made.token)).toMatchObject({ kind: 'worker', clusters: ['minikube'] })
  })
})

describe('a personal token', () => {
  test.each<[NamespaceRole | null, number, number]>([
    ['admin', 200, 200],
    ['viewer', 200, 403],
    ['user', 403, 403],
    [null, 404, 404],
  ])('of an owner who is %s now may read: %i, change: %i', async (role, read, change) => {
    const owner = await makePerson(admin, `owner-${role}@example.com`, 'admin')
    const { token } = await createToken(owner, 'default', { name: `of-${role}`, profile: 'default.admin' })
    if (role) await setMembership(admin, 'default', owner.userId, role)
    else await removeMembership(admin, 'default', owner.userId)
    expect([await tryRead(token), await tryChange(token)]).toEqual([read, change])
  })

  test('never has more than its profile', async () => {
    const { token } = await createToken(ann, 'default', { name: 'less', profile: 'default.viewer' })
    expect([await tryRead(token), await tryChange(token)]).toEqual([200, 403])
  })

  test('is nothing while its owner is disabled', async () => {
    const owner = await makePerson(admin, 'leaver@example.com', 'admin')
    const { token } = await createToken(owner, 'default', { name: 'leaver', profile: 'default.admin' })
    await disableUser(admin, owner.userId)
    expect(await findActorOfToken(token)).toBeNull()
    await enableUser(admin, owner.userId)
    expect(await findActorOfToken(token)).not.toBeNull()
  })

  test('makes tokens of its owner, cut in the same way', async () => {
    const owner = await makePerson(admin, 'chain@example.com', 'admin')
    const { token } = await createToken(owner, 'default', { name: 'first', profile: 'default.admin' })
    const second = await createToken(await actorOf(token), 'default', {
      name: 'second',
      profile: 'default.admin',
    })
    await setMembership(admin, 'default', owner.userId, 'viewer')
    expect(await tryChange(second.token)).toBe(403)
  })
})

describe('/authenticate', () => {
  const ask = (email: string, password: string, query = '') =>
    answerAuthenticate(
      new Request(`http://localhost:3000/authenticate${query}`, {
        headers: { authorization: `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}` },
      }),
    )

  test("gives the caller's own rights, in the only namespace, for 24 hours", async () => {
    await makePerson(admin, 'basic@example.com', 'viewer')
    const response = await ask('basic@example.com', testPassword)
    const { accessToken } = (await response.json()) as { accessToken: string }
    expect([await tryRead(accessToken), await tryChange(accessToken)]).toEqual([200, 403])
    const [row] = await getDatabase()
      .select()
      .from(accessTokens)
      .where(eq(accessTokens.tokenHash, hashToken(accessToken)))
    expect(((row?.expiresAt?.getTime() ?? 0) - Date.now()) / 3_600_000).toBeCloseTo(24, 1)
  })

  test('asks for the namespace where there is a choice', async () => {
    await createNamespace(admin, { name: 'second' })
    const response = await ask('admin@example.com', testPassword)
    expect([response.status, await response.json()]).toEqual([
      400,
      [
        {
          code: 'io.windlass.invalid',
          message:
            "Name the namespace the token is for, as in '/authenticate?namespace=default'; yours are default, second",
          params: ['namespace', 'required'],
        },
      ],
    ])
    expect((await ask('admin@example.com', testPassword, '?namespace=second')).status).toBe(200)
    expect((await ask('basic@example.com', testPassword, '?namespace=second')).status).toBe(404)
  })

  test('refuses what is wrong with 401, and too much of it with 429 and Retry-After', async () => {
    const without = await answerAuthenticate(new Request('http://localhost:3000/authenticate'))
    expect([without.status, without.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="Windlass"'])
    await getDatabase().delete(rateLimits)
    const statuses = []
    for (let count = 0; count < 11; count += 1) {
      statuses.push((await ask('guess@example.com', `guess ${count}`)).status)
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429])
    const retryAfter = (await ask('guess@example.com', 'more')).headers.get('retry-after')
    expect(Number(retryAfter)).toBeGreaterThan(800)
  })
})
