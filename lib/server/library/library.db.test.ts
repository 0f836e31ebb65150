import { randomBytes } from 'node:crypto'
import { count, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestDatabase } from '#ci/test-database.ts'
import { makeFirstAdmin, makePerson } from '#ci/test-people.ts'
import { auditEvents, libraryContents, libraryItems, revisionContents, revisions } from '#drizzle/schema.ts'
import { ListQuery } from '#lib/domain/list-query.ts'
import type { LibraryResource } from '#lib/domain/library.ts'
import type { UserActor } from '../access/actor.ts'
import { createCluster } from '../clusters/create.ts'
import { getDatabase } from '../database/database.ts'
import { deployInstallation } from '../installations/deploy.ts'
import { createNamespace } from '../namespaces/create.ts'
import { answerDownload } from '../rest/answer-download.ts'
import { answerRequest } from '../rest/answer-request.ts'
import { getSettings } from '../settings/settings.ts'
import { createToken } from '../tokens/create.ts'
import { deleteLibraryItem } from './delete.ts'
import { listLibrary } from './list.ts'
import { readContent } from './read-content.ts'
import { removeUnreferencedContents } from './remove-unreferenced.ts'
import { stageContent } from './stage.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let admin: UserActor
let authorization: string
const query = ListQuery.parse({})
const mebibyte = 1024 * 1024

beforeAll(async () => {
  database = await createTestDatabase()
  admin = await makeFirstAdmin()
  const { token } = await createToken(admin, 'default', { name: 'rest', profile: 'default.admin' })
  authorization = `Bearer ${token}`
})
afterAll(() => database.drop())

type Part = [name: string, bytes: Uint8Array | string, type?: string]

async function upload(resource: LibraryResource, parts: Part[], headers: Record<string, string> = {}) {
  const body = new FormData()
  for (const [name, bytes, type] of parts) {
    body.append(name, new Blob([bytes as Uint8Array<ArrayBuffer>], type ? { type } : {}), 'local-name.bin')
  }
  return send(resource, body, headers)
}

async function send(resource: LibraryResource, body: BodyInit, headers: Record<string, string> = {}) {
  const response = await answerRequest(
    new Request(`http://localhost:3000/api/v1/resources/${resource}`, {
      method: 'POST',
      headers: { authorization, ...headers },
      body,
    }),
  )
  return { status: response.status, body: JSON.parse(await response.text()) }
}

const download = (
  path: string,
  headers: Record<string, string> = {},
  resource: LibraryResource = 'documents',
) =>
  answerDownload(
    new Request(`http://localhost:3000${path}`, { headers: { authorization, ...headers } }),
    resource,
  )

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

async function countContents(): Promise<number> {
  const [row] = await getDatabase().select({ count: count() }).from(libraryContents)
  return row?.count ?? 0
}

describe('an upload', () => {
  test('takes the name of its part, slashes and umlauts included, and comes back byte for byte', async () => {
    const bytes = randomBytes(3 * mebibyte + 17)
    const stored = await upload('documents', [['conf/größe 1#.txt', bytes, 'text/plain;charset=utf-8']])
    expect(stored).toMatchObject({
      status: 200,
      body: {
        _id: expect.any(String),
        name: 'conf/größe 1#.txt',
        fileType: 'text/plain',
        contentSize: bytes.length,
        content: '/docs/conf/gr%C3%B6%C3%9Fe%201%23.txt',
        createdBy: 'admin@example.com',
      },
    })
    const back = await download(stored.body.content)
    expect(Object.fromEntries(back.headers)).toMatchObject({
      'content-disposition': "attachment; filename*=UTF-8''gr%C3%B6%C3%9Fe%201%23.txt",
      'content-length': String(bytes.length),
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'content-type': 'text/plain',
      'x-content-type-options': 'nosniff',
    })
    expect((await bytesOf(back)).equals(bytes)).toBe(true)
  })

  test('is answered in ranges, and not at all when it is known already', async () => {
    const bytes = randomBytes(600 * 1024)
    const { body } = await upload('documents', [['ranges', bytes]])
    for (const [range, start, end] of [
      ['bytes=0-0', 0, 1],
      ['bytes=262100-262200', 262_100, 262_201],
      ['bytes=600000-', 600_000, bytes.length],
      ['bytes=-5', bytes.length - 5, bytes.length],
      ['bytes=10-99999999', 10, bytes.length],
    ] as const) {
      const part = await download(body.content, { range })
      expect([part.status, part.headers.get('content-range')]).toEqual([
        206,
        `bytes ${start}-${end - 1}/${bytes.length}`,
      ])
      expect((await bytesOf(part)).equals(bytes.subarray(start, end))).toBe(true)
    }
    expect((await download(body.content, { range: 'bytes=614400-' })).status).toBe(416)
    const etag = (await download(body.content)).headers.get('etag') ?? ''
    expect((await download(body.content, { 'if-none-match': etag })).status).toBe(304)
  })

  test('may be empty, and may have several parts', async () => {
    const { body } = await upload('documents', [
      ['empty', ''],
      ['full', 'x'],
    ])
    expect(body).toMatchObject([
      { name: 'empty', contentSize: 0 },
      { name: 'full', contentSize: 1 },
    ])
    expect(await (await download('/docs/empty')).text()).toBe('')
  })

  test('of 25 MiB is stored, of a byte more refused with limit and size, and nothing of it stays', async () => {
    const limit = 25 * mebibyte
    const before = await countContents()
    const tooMuch = await upload('documents', [['big', new Uint8Array(limit + 1)]])
    expect(tooMuch).toMatchObject({
      status: 413,
      body: [{ code: 'io.windlass.too.large', params: [limit, `at least ${limit + 1}`] }],
    })
    const declared = { 'content-length': String(limit + mebibyte) }
    expect(await upload('documents', [['big', new Uint8Array(limit + mebibyte)]], declared)).toMatchObject({
      status: 413,
      body: [{ params: [limit, limit + mebibyte] }],
    })
    expect(await countContents()).toBe(before)
    const stored = await upload('documents', [['big', new Uint8Array(limit)]])
    expect(stored).toMatchObject({ status: 200, body: { contentSize: limit } })
    await deleteLibraryItem(admin, 'default', 'documents', 'big')
    expect(await countContents()).toBe(before)
  })

  test('beyond what a namespace may hold is refused with limit and size', async () => {
    const before = await countContents()
    vi.spyOn(getSettings(), 'LIBRARY_BYTES', 'get').mockReturnValue(5 * mebibyte)
    const refused = await upload('documents', [['more', randomBytes(4 * mebibyte)]])
    vi.restoreAllMocks()
    expect(refused).toMatchObject({
      status: 413,
      body: [
        {
          message: expect.stringContaining('holds at most 5242880 bytes'),
          params: [5_242_880, expect.any(Number)],
        },
      ],
    })
    expect(await countContents()).toBe(before)
  })

  test.each(['/etc/passwd', 'a//b', 'a/../b', './a', 'a/'])(
    'named %j is refused, and nothing of it stays',
    async (name) => {
      const before = await countContents()
      const form = `--b\r\ncontent-disposition: form-data; name="${name}"; filename="f"\r\n\r\nx\r\n--b--\r\n`
      const refused = await send('documents', form, { 'content-type': 'multipart/form-data; boundary=b' })
      expect(refused).toMatchObject({ status: 400, body: [{ params: ['name', 'libraryName', name] }] })
      expect(await countContents()).toBe(before)
    },
  )

  test.each<[string, string, string]>([
    ['ends too early', '--b\r\ncontent-disposition: form-data; name="a"; filename="f"\r\n\r\nx', 'multipart'],
    [
      'has a part that is no file',
      '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\nx\r\n--b--\r\n',
      'file',
    ],
    ['is empty', '--b--\r\n', 'required'],
  ])('that %s is refused, and nothing of it stays', async (_, form, rule) => {
    const before = await countContents()
    const refused = await send('documents', form, { 'content-type': 'multipart/form-data; boundary=b' })
    expect(refused.status).toBe(400)
    expect(refused.body[0].params[1]).toBe(rule)
    expect(await countContents()).toBe(before)
  })

  test('that breaks off leaves nothing', async () => {
    const before = await countContents()
    const start = '--b\r\ncontent-disposition: form-data; name="a"; filename="f"\r\n\r\n'
    let pulls = 0
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(Buffer.from(start)),
      pull(controller) {
        pulls += 1
        if (pulls < 4) controller.enqueue(randomBytes(200 * 1024))
        else controller.error(new Error('the client has gone'))
      },
    })
    const init = {
      headers: { authorization, 'content-type': 'multipart/form-data; boundary=b' },
      duplex: 'half',
    }
    const request = new Request('http://localhost:3000/api/v1/resources/documents', {
      ...init,
      method: 'POST',
      body,
    })
    expect((await answerRequest(request)).status).toBe(400)
    expect(await countContents()).toBe(before)
  })

  test('of an image or a video is what its bytes are', async () => {
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(40)])
    const webm = Buffer.concat([Buffer.from('1a45dfa3', 'hex'), Buffer.from('....B\x82\x84webm')])
    expect((await upload('images', [['logo', png, 'text/html']])).body).toMatchObject({
      fileType: 'image/png',
      content: '/pics/logo',
    })
    expect((await upload('videos', [['film', webm]])).body).toMatchObject({ fileType: 'video/webm' })
    for (const [resource, bytes] of [
      ['images', '<svg onload="alert(1)"/>'],
      ['images', webm],
      ['videos', png],
    ] as const) {
      const refused = await upload(resource, [['logo', bytes, 'image/png']])
      expect(refused).toMatchObject({ status: 400, body: [{ params: ['name', 'mediaType', 'logo'] }] })
    }
    expect((await bytesOf(await download('/pics/logo', {}, 'images'))).equals(png)).toBe(true)
  })
})

describe('contents', () => {
  test('are kept once, and as long as something refers to them', async () => {
    const before = await countContents()
    const bytes = randomBytes(100)
    await upload('documents', [['first', bytes]])
    await upload('documents', [['second', bytes]])
    expect(await countContents()).toBe(before + 1)
    await deleteLibraryItem(admin, 'default', 'documents', 'first')
    expect((await bytesOf(await download('/docs/second'))).equals(bytes)).toBe(true)
    await upload('documents', [['second', 'other']])
    expect(await countContents()).toBe(before + 1)
    await deleteLibraryItem(admin, 'default', 'documents', 'second')
    expect(await countContents()).toBe(before)
  })

  test('that a revision mounts outlive the replacing and deleting of the item', async () => {
    await createCluster(admin, 'default', { name: 'minikube' })
    await upload('documents', [['app.properties', 'color=blue']])
    const config = [
      { type: 'image', name: 'nginx' },
      { type: 'file', path: '/etc/app', resourceType: 'documents', resourceName: 'app.properties' },
    ]
    const data = { name: 'pinned', k8sNamespace: 'default', config }
    await deployInstallation(admin, 'default', 'minikube', data, {})
    await upload('documents', [['app.properties', 'color=red']])
    await deleteLibraryItem(admin, 'default', 'documents', 'app.properties')
    const [pinned] = await getDatabase().select().from(revisionContents)
    const parts: Uint8Array[] = []
    for await (const part of readContent(pinned?.contentId ?? '', 0, 10)) parts.push(part)
    expect(Buffer.concat(parts).toString()).toBe('color=blue')
    const before = await countContents()
    await getDatabase().transaction(async (tx) => {
      await tx.delete(revisions)
      const [content] = await tx.select().from(libraryContents).limit(1)
      await removeUnreferencedContents(tx, content?.namespaceId ?? '')
    })
    expect(await countContents()).toBe(before - 1)
  })

  test('half uploaded by a console that died are removed in time', async () => {
    const [content] = await getDatabase().select().from(libraryContents).limit(1)
    const namespaceId = content?.namespaceId ?? ''
    const staged = await stageContent(namespaceId, bytesFrom('left behind'))
    const isThere = async () => {
      const rows = await getDatabase()
        .select()
        .from(libraryContents)
        .where(eq(libraryContents.id, staged.contentId))
      return rows.length === 1
    }
    await upload('documents', [['sweep', 'a']])
    expect(await isThere()).toBe(true)
    await getDatabase()
      .update(libraryContents)
      .set({ createdAt: sql`now() - interval '2 hours'` })
      .where(eq(libraryContents.id, staged.contentId))
    await upload('documents', [['sweep', 'b']])
    expect(await isThere()).toBe(false)
  })

  async function* bytesFrom(text: string) {
    yield Buffer.from(text)
  }
})

describe('the library', () => {
  test('is its namespace’s, and changes are for admins, with an audit row', async () => {
    await createNamespace(admin, { name: 'other' })
    await upload('documents', [['secret-plan', 'x']])
    expect((await listLibrary(admin, 'other', 'documents', query)).rows).toEqual([])
    const { token } = await createToken(admin, 'other', { name: 'rest', profile: 'other.admin' })
    const foreign = await download('/docs/secret-plan', { authorization: `Bearer ${token}` })
    expect(foreign.status).toBe(404)
    const viewer = await makePerson(admin, 'viewer@example.com', 'viewer')
    await expect(deleteLibraryItem(viewer, 'default', 'documents', 'secret-plan')).rejects.toMatchObject({
      httpStatus: 403,
    })
    await deleteLibraryItem(admin, 'default', 'documents', 'secret-plan')
    const events = await getDatabase()
      .select({ action: auditEvents.action, actor: auditEvents.actor })
      .from(auditEvents)
      .where(eq(auditEvents.subject, 'secret-plan'))
      .orderBy(auditEvents.id)
    expect(events).toEqual([
      { action: 'documents.store', actor: 'admin@example.com' },
      { action: 'documents.delete', actor: 'admin@example.com' },
    ])
    expect(
      await getDatabase().select().from(libraryItems).where(eq(libraryItems.name, 'secret-plan')),
    ).toEqual([])
  })

  test('downloads need credentials', async () => {
    const response = await answerDownload(new Request('http://localhost:3000/docs/full'), 'documents')
    expect(response.status).toBe(401)
  })
})
