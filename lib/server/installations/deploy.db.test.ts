import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestDatabase } from '#ci/test-database.ts'
import { makeFirstAdmin, makePerson } from '#ci/test-people.ts'
import { claimAll, deployData, finishItem, makeCluster } from '#ci/test-queue.ts'
import { auditEvents, installations, revisions, secretValues } from '#drizzle/schema.ts'
import type { DomainError } from '#lib/domain/errors.ts'
import type { UserActor } from '../access/actor.ts'
import { getCluster } from '../clusters/get.ts'
import { getDatabase } from '../database/database.ts'
import { deleteLibraryItem } from '../library/delete.ts'
import { storeLibraryItems } from '../library/store.ts'
import { getWorkitem } from '../workitems/get.ts'
import type { ClaimingCluster } from '../workitems/lease-items.ts'
import { cancelWorkitem } from '../workitems/cancel.ts'
import { deployInstallation } from './deploy.ts'
import { getInstallation } from './get.ts'
import { requestOperation } from './request-operation.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let admin: UserActor
let cluster: ClaimingCluster
let name: string
let count = 0

beforeAll(async () => {
  database = await createTestDatabase()
  admin = await makeFirstAdmin()
})
afterAll(() => database.drop())
beforeEach(async () => {
  count += 1
  name = `app-${count}`
  cluster = await makeCluster(admin, `cluster-${count}`)
})

const deploy = (data: unknown = deployData(name), options?: { requestId?: string }) =>
  deployInstallation(admin, 'default', cluster.name, data, options)
const refusal = async (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => {
      throw new Error('nothing was refused')
    },
    (error: DomainError) => error,
  )
const idOf = async (installationName: string) => {
  const { _id: id } = await getInstallation(admin, 'default', installationName)
  return id
}
const variable = (value: unknown) => ({
  type: 'environmentVariable',
  name: 'PASSWORD',
  value,
  asSecret: true,
})
const secretFile = (content: unknown) => ({
  type: 'file',
  path: '/etc/app',
  filename: 'key',
  dataSource: 'secret',
  content,
})

async function* bytesOf(text: string) {
  yield Buffer.from(text)
}

async function storeDocument(documentName: string, text: string): Promise<void> {
  const part = { name: documentName, declaredType: 'text/plain', bytes: bytesOf(text) }
  await storeLibraryItems(
    admin,
    'default',
    'documents',
    (async function* parts() {
      yield part
    })(),
  )
}

describe('deploy', () => {
  it('writes installation, revision, workitem and audit row, or nothing', async () => {
    const { requestId } = await deploy()
    expect(await getWorkitem(admin, 'default', requestId)).toMatchObject({
      requestedBy: admin.email,
      request: { name, k8sNamespace: 'apps', config: [{ type: 'image' }] },
    })
    expect((await getCluster(admin, 'default', cluster.name)).lifecycleOperationCount).toBe(1)
    const audited = await getDatabase().select().from(auditEvents).where(eq(auditEvents.subject, name))
    expect(audited).toMatchObject([{ action: 'installation.deploy', detail: { requestId, revision: 1 } }])
    const bad = {
      ...deployData('bad', { type: 'file', path: '/x', resourceType: 'documents', resourceName: 'missing' }),
      k8sNamespace: 'Not A Name',
    }
    const { faults } = await refusal(deploy(bad))
    expect(faults.map((fault) => fault.path.join('.'))).toEqual(['k8sNamespace', 'config.1.resourceName'])
    await expect(getInstallation(admin, 'default', 'bad')).rejects.toThrow('could not be found')
    expect((await getCluster(admin, 'default', cluster.name)).lifecycleOperationCount).toBe(1)
  })

  it('needs the role admin', async () => {
    const viewer = await makePerson(admin, `viewer-${count}@example.com`, 'viewer')
    await expect(deployInstallation(viewer, 'default', cluster.name, deployData(name))).rejects.toMatchObject(
      {
        code: 'io.windlass.forbidden',
      },
    )
    await deploy()
    expect((await getInstallation(viewer, 'default', name)).installationStatus).toBe('STARTING')
  })

  it('answers a repeated request with its first item, whatever became of it', async () => {
    const requestId = randomUUID()
    const answers = await Promise.all([1, 2, 3].map(() => deploy(deployData(name), { requestId })))
    expect(new Set(answers.map(({ _id: id }) => id)).size).toBe(1)
    expect((await getInstallation(admin, 'default', name)).revision).toBe(1)
    const [item] = await claimAll(cluster)
    if (!item) throw new Error('nothing to claim')
    await finishItem(cluster, item)
    const again = await deploy(deployData('another'), { requestId })
    expect(again).toMatchObject({ requestId, status: 'SUCCEEDED', installationName: name })
    const undeploy = { installationName: name, operation: 'undeploy' as const, requestId }
    expect(await requestOperation(admin, 'default', undeploy)).toMatchObject({ operation: 'deploy' })
    await expect(getInstallation(admin, 'default', 'another')).rejects.toThrow('could not be found')
  })

  it('refuses a caller who has seen another revision, and says whose the current one is', async () => {
    const other = await makePerson(admin, `other-${count}@example.com`, 'admin')
    const stale = { code: 'io.windlass.revision.stale' }
    expect((await refusal(deploy({ ...deployData(name), revision: 1 }))).errors).toMatchObject([
      { ...stale, params: [0, null] },
    ])
    await deploy({ ...deployData(name), revision: 0 })
    await deployInstallation(other, 'default', cluster.name, { ...deployData(name), revision: 1 })
    for (const revision of [0, 1, 3]) {
      expect((await refusal(deploy({ ...deployData(name), revision }))).errors).toMatchObject([
        { ...stale, params: [2, other.email] },
      ])
    }
    const raced = await Promise.allSettled(
      [1, 2, 3, 4].map(() => deploy({ ...deployData(name), revision: 2 })),
    )
    expect(raced.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('is dated by the clock of the database', async () => {
    const now = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: now + 24 * 60 * 60_000 })
    try {
      await deploy()
    } finally {
      vi.useRealTimers()
    }
    const { installationDate } = await getInstallation(admin, 'default', name)
    expect(Math.abs(Date.parse(installationDate) - now)).toBeLessThan(60_000)
  })

  it('lets people who deploy one new name at once queue behind each other', async () => {
    await Promise.all([1, 2, 3, 4, 5].map(() => deploy()))
    expect((await getInstallation(admin, 'default', name)).revision).toBe(5)
    expect(await claimAll(cluster)).toMatchObject([{ revision: 5 }])
  })

  it('moves no installation to another cluster or Kubernetes namespace', async () => {
    await deploy()
    const other = await makeCluster(admin, `other-${count}`)
    await expect(deployInstallation(admin, 'default', other.name, deployData(name))).rejects.toThrow(
      'exists on another cluster',
    )
    await expect(deploy({ ...deployData(name), k8sNamespace: 'elsewhere' })).rejects.toThrow("'apps'")
  })

  it('gives numbers once', async () => {
    const file = (path: string) => ({ type: 'file', path, filename: 'a', content: 'x' })
    await deploy(deployData(name, file('/a'), file('/b')))
    await deploy(deployData(name, file('/b')))
    await deploy(deployData(name, file('/c'), file('/a')))
    const [item] = await claimAll(cluster)
    expect(item?.numbering.configMaps).toEqual({ '/a': 0, '/b': 1, '/c': 2 })
    expect((await getInstallation(admin, 'default', name)).numbering).toEqual(item?.numbering)
  })

  it('pins library content: what replaces or deletes it changes no revision', async () => {
    await storeDocument(`notes-${count}.txt`, 'first')
    const file = { type: 'file', path: '/d', resourceType: 'documents', resourceName: `notes-${count}.txt` }
    await deploy(deployData(name, file))
    const [item] = await claimAll(cluster)
    const pinned = item?.config[1]?.['contentSha256']
    expect(pinned).toMatch(/^[0-9a-f]{64}$/)
    const { configSpec } = await getInstallation(admin, 'default', name)
    expect(configSpec?.[1]).toEqual(file)
    await storeDocument(`notes-${count}.txt`, 'second')
    await deploy(deployData(name, ...(configSpec ?? []).slice(1)))
    if (item) await finishItem(cluster, item)
    const [next] = await claimAll(cluster)
    expect(next?.config[1]?.['contentSha256']).not.toBe(pinned)
    await deleteLibraryItem(admin, 'default', 'documents', `notes-${count}.txt`)
    const { faults } = await refusal(deploy(deployData(name, file)))
    expect(faults).toMatchObject([{ path: ['config', 1, 'resourceName'], rule: 'libraryItemExists' }])
  })

  it('keeps fifty revisions, and the values only those use', async () => {
    await deploy(deployData(name, variable('value of the first')))
    const [first] = await claimAll(cluster)
    if (!first) throw new Error('nothing to claim')
    await finishItem(cluster, first)
    const { _id: id, configSpec } = await getInstallation(admin, 'default', name)
    const reference = configSpec?.[1]?.type === 'environmentVariable' ? configSpec[1].value : undefined
    await deploy(deployData(name, variable(reference), secretFile('only in the second')))
    for (let revision = 3; revision <= 52; revision += 1) await deploy(deployData(name, variable(reference)))
    const kept = await getDatabase()
      .select({ revision: revisions.revision })
      .from(revisions)
      .where(eq(revisions.installationId, id))
      .orderBy(revisions.revision)
    // The first stays because it is applied.
    expect(kept.map(({ revision }) => revision)).toEqual([1, ...Array.from({ length: 50 }, (_, i) => i + 3)])
    const values = await getDatabase()
      .select({ id: secretValues.id })
      .from(secretValues)
      .where(eq(secretValues.owner, `installation:${id}`))
    expect(values).toEqual([{ id: (reference as { $secret: string }).$secret }])
  })
})

describe('secret values', () => {
  const secret = 'hunter2 is no password'

  it('counts a stored secret against what a path can hold', async () => {
    const limit = 1_048_576
    await deploy(deployData(name, secretFile('a'.repeat(limit))))
    const { configSpec } = await getInstallation(admin, 'default', name)
    const stored = { ...configSpec?.[1] }
    await deploy(deployData(name, stored))
    const added = await refusal(
      deploy(deployData(name, stored, { ...secretFile('b'), filename: 'another', dataSource: 'configMap' })),
    )
    expect(added.faults).toMatchObject([
      {
        path: ['config', 2, 'content'],
        rule: 'contentSize',
        message: expect.stringContaining(`${limit + 1}`),
      },
    ])
  })

  it('are in the claim answer and nowhere else', async () => {
    await deploy(deployData(name, variable(secret), secretFile(`${secret}!`)))
    const [item] = await claimAll(cluster)
    expect(item?.config).toMatchObject([{}, { value: secret }, { content: `${secret}!` }])
    const { configSpec } = await getInstallation(admin, 'default', name)
    expect(configSpec).toMatchObject([
      {},
      { value: { $secret: expect.any(String) } },
      { content: { $secret: expect.any(String) } },
    ])
    const dump = await dumpDatabase()
    expect(dump).toContain(name)
    expect(dump).not.toContain('hunter2')
    expect(dump).not.toContain(Buffer.from('hunter2').toString('hex'))
  })

  it('stay when their reference is given back, and only to the same installation', async () => {
    await deploy(deployData(name, variable(secret)))
    const { configSpec } = await getInstallation(admin, 'default', name)
    await deploy({ ...deployData(name), config: configSpec })
    const [item] = await claimAll(cluster)
    expect(item?.config[1]).toMatchObject({ value: secret })
    await deploy(deployData(`${name}-other`))
    for (const thief of [`${name}-new`, `${name}-other`]) {
      const elsewhere = await refusal(deploy({ ...deployData(thief), config: configSpec }))
      expect(elsewhere.faults).toMatchObject([{ path: ['config', 1, 'value'], rule: 'secretReference' }])
    }
    const invented = await refusal(deploy(deployData(name, variable({ $secret: randomUUID() }))))
    expect(invented.faults).toHaveLength(1)
    const odd = await refusal(deploy(deployData(name, variable({ $secret: "' or true" }))))
    expect(odd.faults).toHaveLength(1)
    const shown = await refusal(deploy(deployData(name, { ...(configSpec?.[1] as object), asSecret: false })))
    expect(shown.faults).toMatchObject([{ path: ['config', 1, 'value'] }])
  })

  it('that cannot be opened make their item INVALID, and the queue goes on', async () => {
    await deploy(deployData(name, variable(secret)))
    const { _id } = await getInstallation(admin, 'default', name)
    const tampered = await deploy(deployData(`${name}-moved`, variable('other')))
    const moved = { name: `${name}-moved`, id: await idOf(`${name}-moved`) }
    const ofInstallation = (id: string) => eq(secretValues.owner, `installation:${id}`)
    const [row] = await getDatabase().select().from(secretValues).where(ofInstallation(_id))
    if (!row) throw new Error('no value was sealed')
    // Another installation's ciphertext in this row: authentic, but not here.
    await getDatabase()
      .update(secretValues)
      .set({ nonce: row.nonce, sealed: row.sealed })
      .where(ofInstallation(moved.id))
    const items = await claimAll(cluster)
    expect(items.map((item) => item.installationName)).toEqual([name])
    const invalid = await getWorkitem(admin, 'default', tampered.requestId)
    expect(invalid).toMatchObject({ status: 'INVALID', error: { cause: 'invalid' } })
    expect(invalid.error?.message).toContain("variable 'PASSWORD' cannot be decrypted")
    expect((await getInstallation(admin, 'default', moved.name)).statusReason).toBe(invalid.error?.message)
    await deploy(deployData(moved.name, variable('given again')))
    expect(await claimAll(cluster)).toMatchObject([{ installationName: moved.name }])
  })

  it('go with their installation', async () => {
    const { requestId } = await deploy(deployData(name, variable(secret)))
    const { _id } = await getInstallation(admin, 'default', name)
    await cancelWorkitem(admin, 'default', requestId)
    const left = await getDatabase()
      .select({ id: secretValues.id })
      .from(secretValues)
      .where(eq(secretValues.owner, `installation:${_id}`))
    expect(left).toEqual([])
    expect(await getDatabase().select().from(installations).where(eq(installations.id, _id))).toEqual([])
  })
})

/** Every row of every table, as text: what somebody with a backup could read. */
async function dumpDatabase(): Promise<string> {
  const tables = await getDatabase().execute<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'`,
  )
  const parts = await Promise.all(
    tables.rows.map(({ name: table }) =>
      getDatabase().execute(`select coalesce(string_agg(t::text, ' '), '') as text from ${table} t`),
    ),
  )
  return parts.map((part) => String(part.rows[0]?.['text'])).join('\n')
}
