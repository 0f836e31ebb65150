import { createHash, randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase } from '#ci/test-database.ts'
import { makeFirstAdmin } from '#ci/test-people.ts'
import { allReady, deployData, makeCluster } from '#ci/test-queue.ts'
import { claimRequest, openWire, untilWorkerSeen } from '#ci/test-wire.ts'
import { accessTokens, libraryChunks, libraryContents, libraryItems } from '#drizzle/schema.ts'
import { protocolHeader, wirePaths, type LeasedItem } from '#lib/protocol/messages.ts'
import type { UserActor } from '../access/actor.ts'
import { getCluster } from '../clusters/get.ts'
import { getDatabase, getPool } from '../database/database.ts'
import { stopListening, subscribe } from '../events/listen.ts'
import { deployInstallation } from '../installations/deploy.ts'
import { getInstallation } from '../installations/get.ts'
import { createToken } from '../tokens/create.ts'
import { revokeToken } from '../tokens/revoke.ts'
import { getFinishedWorkitem } from '../workitems/get-finished.ts'
import { getWorkitem } from '../workitems/get.ts'
import type { ClaimingCluster } from '../workitems/lease-items.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let admin: UserActor
let cluster: ClaimingCluster
let tokenName: string
let token: string
let wire: Awaited<ReturnType<typeof openWire>>
let count = 0

beforeAll(async () => {
  database = await createTestDatabase()
  admin = await makeFirstAdmin()
  // Announcements count from here on.
  await new Promise<void>((resolve) => subscribe(() => {}, resolve))
})
afterAll(async () => {
  await stopListening()
  await database.drop()
})
beforeEach(async () => {
  count += 1
  cluster = await makeCluster(admin, `cluster-${count}`)
  tokenName = `worker-${count}`
  token = (await makeToken(tokenName, 'k8sWorker__system', [cluster.name])).token
  wire = await openWire()
})
afterEach(() => wire.close())

const makeToken = (name: string, profile: string, clusters?: string[]) =>
  createToken(admin, 'default', { name, profile: `default.${profile}`, ...(clusters ? { clusters } : {}) })
const deploy = (name: string, ...items: Record<string, unknown>[]) =>
  deployInstallation(admin, 'default', cluster.name, deployData(name, ...items))

/** Holds a claim open, and answers when the console has taken it in. */
async function holdClaim(waitSeconds = 30) {
  const client = wire.client(token, cluster.name)
  const abort = new AbortController()
  const request = claimRequest(cluster.name, waitSeconds)
  const answered = client.claim(request, abort.signal)
  answered.catch(() => {})
  await untilWorkerSeen(admin, cluster.name)
  return { answered, abort, request }
}

async function post(path: string, body: string, headers: Record<string, string> = {}) {
  const answer = await fetch(new URL(path, wire.url), {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${token}`, [protocolHeader]: '1', ...headers },
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, errors: text === '' ? [] : JSON.parse(text) }
}

describe('the wire', () => {
  it('answers every held claim when its time is over', async () => {
    const client = wire.client(token, cluster.name)
    // One more tick of the clock than asked for must not be waited for, whenever in a millisecond a claim begins.
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => client.claim(claimRequest(cluster.name, 1))),
    )
    expect(answers.map(({ answer }) => answer.items)).toEqual(Array.from({ length: 30 }, () => []))
  })

  it('carries an item from claim to finish', async () => {
    const name = `app-${count}`
    const { requestId } = await deploy(name)
    const client = wire.client(token, cluster.name)
    const { answer } = await client.claim(claimRequest(cluster.name))
    const [item] = answer.items as [LeasedItem]
    const { _id } = await getInstallation(admin, 'default', name)
    expect(answer.installations).toEqual([{ id: _id, name, k8sNamespace: 'apps' }])
    expect(item).toMatchObject({ requestId, operation: 'deploy', ownership: { installationId: _id } })
    expect(item.lease.remainingMilliseconds).toBeGreaterThan(25_000)
    const held = { clusterName: cluster.name, requestId, leaseToken: item.lease.token }
    const renewed = await client.renew({
      workerId: randomUUID(),
      clusterName: cluster.name,
      leases: [
        { requestId, token: item.lease.token },
        { requestId, token: randomUUID() },
      ],
    })
    expect(renewed.answer.leases.map((lease) => lease.requestId)).toEqual([requestId])
    await client.progress({ ...held, progress: { step: 'applying', objectsDone: 1, objectsTotal: 2 } })
    const finish = {
      ...held,
      outcome: { status: 'SUCCEEDED' } as const,
      objects: [],
      statefulSetUid: 'uid',
      observed: allReady,
    }
    await client.finish(finish)
    await client.finish(finish)
    expect((await getFinishedWorkitem(admin, 'default', requestId)).status).toBe('SUCCEEDED')
    await expect(client.finish({ ...finish, leaseToken: randomUUID() })).rejects.toMatchObject({
      kind: 'staleLease',
    })
    await client.report({
      clusterName: cluster.name,
      installations: [{ id: _id, observed: { ...allReady, replicasReady: 0 } }],
    })
    expect((await getInstallation(admin, 'default', name)).installationStatus).toBe('STARTING')
    expect(await getCluster(admin, 'default', cluster.name)).toMatchObject({
      workerVersion: '0.0.0-test',
      workerMode: 'daemon',
      k8sVersion: 'v1.34.0',
      k8sNamespaces: ['apps'],
    })
  })

  it('holds a claim until something comes, and answers within milliseconds', async () => {
    const { answered } = await holdClaim()
    const { requestId } = await deploy(`app-${count}`)
    const askedAt = performance.now()
    const { answer } = await answered
    expect(answer.items.map((item) => item.requestId)).toEqual([requestId])
    expect(performance.now() - askedAt).toBeLessThan(1_000)
  })

  it('answers empty when nothing comes in time', async () => {
    const { answer } = await wire.client(token, cluster.name).claim(claimRequest(cluster.name, 1))
    expect(answer.items).toEqual([])
  })

  it('answers what it holds at once when it closes', async () => {
    const { answered } = await holdClaim()
    await wire.wire.close()
    expect((await answered).answer.items).toEqual([])
  })

  it('frees the place of a worker that went away', async () => {
    const gone = await holdClaim()
    gone.abort.abort()
    await expect(gone.answered).rejects.toMatchObject({ kind: 'aborted' })
    const { requestId } = await deploy(`app-${count}`)
    const { answer } = await wire.client(token, cluster.name).claim(claimRequest(cluster.name, 10))
    expect(answer.items).toMatchObject([{ requestId, attempts: 0 }])
  })

  it('answers a repeated claim, also one that still waits, with one set of leases', async () => {
    const first = await holdClaim()
    const client = wire.client(token, cluster.name)
    const repeated = client.claim(first.request)
    expect((await first.answered).answer.items).toEqual([])
    const { requestId } = await deploy(`app-${count}`)
    const { answer } = await repeated
    expect(answer.items).toMatchObject([{ requestId }])
    const again = await client.claim(first.request)
    expect(again.answer.items[0]?.lease.token).toBe(answer.items[0]?.lease.token)
  })

  it('refuses tokens that are wrong, expired, foreign or no worker’s', async () => {
    const claim = (given: string, name = cluster.name) => wire.client(given, name).claim(claimRequest(name))
    await expect(claim('wl_nothing')).rejects.toMatchObject({ kind: 'unauthorized' })
    const other = await makeCluster(admin, `other-${count}`)
    await expect(claim(token, other.name)).rejects.toMatchObject({ kind: 'forbidden' })
    const adminToken = await makeToken(`admin-${count}`, 'admin')
    await expect(claim(adminToken.token)).rejects.toMatchObject({ kind: 'forbidden' })
    await getDatabase()
      .update(accessTokens)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(accessTokens.name, tokenName))
    await expect(claim(token)).rejects.toMatchObject({ kind: 'unauthorized' })
  })

  it('keeps the token of one cluster away from the leases of another', async () => {
    const { requestId } = await deploy(`app-${count}`)
    const { answer } = await wire.client(token, cluster.name).claim(claimRequest(cluster.name))
    const other = await makeCluster(admin, `other-${count}`)
    const foreign = await makeToken(`other-token-${count}`, 'k8sWorker__system', [other.name])
    const thief = wire.client(foreign.token, other.name)
    const leaseToken = answer.items[0]?.lease.token ?? ''
    const held = { clusterName: other.name, requestId, leaseToken }
    const end = { objects: [], statefulSetUid: null, observed: null }
    await expect(thief.finish({ ...held, outcome: { status: 'SUCCEEDED' }, ...end })).rejects.toMatchObject({
      kind: 'staleLease',
    })
    const renewed = await thief.renew({
      workerId: randomUUID(),
      clusterName: other.name,
      leases: [{ requestId, token: leaseToken }],
    })
    expect(renewed.answer.leases).toEqual([])
    await expect(thief.fetchContent({ requestId, leaseToken, sha256: '0'.repeat(64) })).rejects.toMatchObject(
      { kind: 'forbidden' },
    )
    expect((await getWorkitem(admin, 'default', requestId)).status).toBe('PENDING')
  })

  it('ends the wait of a token that is revoked', async () => {
    const { answered } = await holdClaim()
    const revokedAt = performance.now()
    await revokeToken(admin, 'default', tokenName)
    await expect(answered).rejects.toMatchObject({ kind: 'unauthorized' })
    expect(performance.now() - revokedAt).toBeLessThan(1_000)
  })

  it('refuses messages it cannot take, in the contract’s form', async () => {
    const { requestId } = await deploy(`app-${count}`)
    const garbage = await post(wirePaths.claim, '{')
    expect(garbage).toMatchObject({
      status: 400,
      errors: [{ code: 'io.windlass.invalid', params: ['', 'json'] }],
    })
    const wrong = await post(
      wirePaths.claim,
      JSON.stringify({ ...claimRequest(cluster.name), limit: 0, claimId: 'x' }),
    )
    expect(wrong.status).toBe(400)
    expect(wrong.errors.map((error: { params: unknown[] }) => error.params[0]).sort()).toEqual([
      'claimId',
      'limit',
    ])
    const large = await post(wirePaths.finish, `"${'x'.repeat(5 * 1024 ** 2)}"`)
    expect(large).toMatchObject({ status: 413, errors: [{ code: 'io.windlass.too.large' }] })
    const spoken = await post(wirePaths.claim, '{}', { [protocolHeader]: '99' })
    expect(spoken).toMatchObject({ status: 426, errors: [{ params: [[1], '99'] }] })
    expect((await post('/api/worker/else', '{}')).status).toBe(404)
    const got = await fetch(new URL(wirePaths.claim, wire.url))
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await getWorkitem(admin, 'default', requestId)).status).toBe('REQUESTED')
  })

  it('takes Kubernetes’ words as they come, NUL and half characters included', async () => {
    const { requestId } = await deploy(`app-${count}`)
    const { answer } = await wire.client(token, cluster.name).claim(claimRequest(cluster.name))
    const said = await post(
      wirePaths.finish,
      `{"clusterName":"${cluster.name}","requestId":"${requestId}","leaseToken":"${answer.items[0]?.lease.token}",
        "outcome":{"status":"FAILED","error":{"cause":"refused","message":"a\\u0000b\\ud800c\\\\u0000"}},
        "objects":[],"statefulSetUid":null,"observed":null}`,
    )
    expect(said.status).toBe(204)
    expect((await getWorkitem(admin, 'default', requestId)).error?.message).toBe('ab\ufffdc\\u0000')
  })

  it('streams library content to whoever holds an item that mounts it, and to nobody else', async () => {
    const bytes = Buffer.alloc(300_000, 'library ')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await storeDocument('folder/notes.txt', bytes, sha256)
    await storeDocument('other.txt', Buffer.from('x'), createHash('sha256').update('x').digest('hex'))
    const file = { type: 'file', path: '/data', resourceType: 'documents', resourceName: 'folder/notes.txt' }
    const { requestId } = await deploy(`app-${count}`, file)
    const client = wire.client(token, cluster.name)
    const { answer } = await client.claim(claimRequest(cluster.name))
    const leaseToken = answer.items[0]?.lease.token ?? ''
    expect(answer.items[0]?.config[1]).toMatchObject({ contentSha256: sha256 })
    const got = await client.fetchContent({ requestId, leaseToken, sha256 })
    expect(Buffer.from(got).equals(bytes)).toBe(true)
    const unpinned = createHash('sha256').update('x').digest('hex')
    await expect(client.fetchContent({ requestId, leaseToken, sha256: unpinned })).rejects.toThrow(
      'not be found',
    )
    await expect(client.fetchContent({ requestId, leaseToken: randomUUID(), sha256 })).rejects.toMatchObject({
      kind: 'staleLease',
    })
    // Another revision of the same installation mounts nothing.
    const end = { objects: [], statefulSetUid: null, observed: null }
    const held = { clusterName: cluster.name, requestId, leaseToken }
    await client.finish({ ...held, outcome: { status: 'SUCCEEDED' }, ...end })
    await deploy(`app-${count}`)
    const next = (await client.claim(claimRequest(cluster.name))).answer.items[0]
    const later = { requestId: next?.requestId ?? '', leaseToken: next?.lease.token ?? '' }
    await expect(client.fetchContent({ ...later, sha256 })).rejects.toThrow('not be found')
  })

  it('lets no pool connection be held by claims that wait', async () => {
    const held = await Promise.all(Array.from({ length: 30 }, () => holdClaim()))
    await expect.poll(() => getPool().totalCount - getPool().idleCount).toBe(0)
    await wire.wire.close()
    for (const { answered } of held) expect((await answered).answer.items).toEqual([])
  })
})

async function storeDocument(name: string, bytes: Buffer, sha256: string): Promise<void> {
  const { namespaceId } = cluster
  const [content] = await getDatabase()
    .insert(libraryContents)
    .values({ namespaceId, sha256, sizeBytes: bytes.length })
    .returning()
  if (!content) throw new Error('no content')
  const half = Math.ceil(bytes.length / 2)
  await getDatabase()
    .insert(libraryChunks)
    .values(
      [bytes.subarray(0, half), bytes.subarray(half)]
        .filter((part) => part.length > 0)
        .map((part, position) => ({ contentId: content.id, position, bytes: part })),
    )
  await getDatabase().insert(libraryItems).values({
    namespaceId,
    resource: 'documents',
    name,
    fileType: 'text/plain',
    contentId: content.id,
    createdBy: 'test',
  })
}
