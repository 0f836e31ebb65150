import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from '#ci/test-database.ts'
import { cookieOf, makeFirstAdmin, signIn } from '#ci/test-people.ts'
import type { UserActor } from '../access/actor.ts'
import { createNamespace } from '../namespaces/create.ts'
import { createCluster } from '../clusters/create.ts'
import { endCurrentSession } from '../sessions/end-sessions.ts'
import { createUser } from '../users/create.ts'
import { createToken } from '../tokens/create.ts'
import { answerRequest } from './answer-request.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let tokens: { admin: string; viewer: string; worker: string; elsewhere: string }

let admin: UserActor

beforeAll(async () => {
  database = await createTestDatabase()
  admin = await makeFirstAdmin()
  await createNamespace(admin, { name: 'other' })
  await createCluster(admin, 'default', { name: 'minikube' })
  const make = async (namespace: string, profile: string, clusters: string[] = []) => {
    const input = { name: profile, profile: `${namespace}.${profile}`, clusters }
    return (await createToken(admin, namespace, input)).token
  }
  tokens = {
    admin: await make('default', 'admin'),
    viewer: await make('default', 'viewer'),
    worker: await make('default', 'k8sWorker__system', ['minikube']),
    elsewhere: await make('other', 'admin'),
  }
})
afterAll(() => database.drop())

interface Call {
  token?: string
  body?: unknown
  text?: string
  headers?: Record<string, string>
}

async function call(method: string, path: string, { token = tokens.admin, body, text, headers }: Call = {}) {
  const response = await answerRequest(
    new Request(`http://localhost:3000/api/v1/resources/${path}`, {
      method,
      headers: { ...(token === '' ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(body === undefined && text === undefined ? {} : { body: text ?? JSON.stringify(body) }),
    }),
  )
  const answer = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: answer === '' ? null : JSON.parse(answer),
  }
}

describe('a resource', () => {
  test('is inserted whole, updated by what changed, read, listed, counted and deleted', async () => {
    const inserted = await call('POST', 'k8sclusters', { body: { name: 'prod.eu' } })
    const { _id } = inserted.body
    expect(inserted).toMatchObject({
      status: 200,
      body: {
        _id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        name: 'prod.eu',
        ingressDefaultNode: 'vantiq-prod-eu-node',
      },
    })
    const updated = await call('PUT', 'k8sclusters/prod.eu', {
      body: { ingressDefaultNode: 'edge.example.com' },
    })
    expect(updated).toMatchObject({ status: 200, body: { ingressDefaultNode: 'edge.example.com' } })
    expect(Object.keys(updated.body)).toEqual(['ingressDefaultNode'])
    expect((await call('GET', 'k8sclusters/prod%2Eeu')).body).toMatchObject({ _id })
    const where = encodeURIComponent(JSON.stringify({ name: 'prod.eu' }))
    const list = await call('GET', `k8sclusters?where=${where}&props=["name"]&sort={"name":-1}&count=true`)
    expect(list.headers.get('x-total-count')).toBe('1')
    expect(list.body).toEqual([{ _id, name: 'prod.eu' }])
    expect((await call('DELETE', 'k8sclusters/prod.eu')).status).toBe(204)
    expect((await call('GET', 'k8sclusters/prod.eu')).status).toBe(404)
  })

  test('is filtered by what it shows', async () => {
    const where = encodeURIComponent(JSON.stringify({ profile: 'default.viewer' }))
    expect((await call('GET', `tokens?where=${where}&props=["profile"]`)).body).toMatchObject([
      { profile: 'default.viewer' },
    ])
  })

  test('is paged', async () => {
    const page = await call('GET', 'tokens?limit=1&page=2&sort={"name":1}&count=true&props=["name"]')
    expect(page.headers.get('x-total-count')).toBe('3')
    expect(page.body).toEqual([{ _id: expect.any(String), name: 'k8sWorker__system' }])
  })
})

describe('a command', () => {
  const config = [{ type: 'image', name: 'nginx:1.27' }]

  test('answers the workitem, and the first one again when its requestId is repeated', async () => {
    const requestId = '6f0dbb2e-4d5c-4b8e-9a55-d4f0f2f8f001'
    const body = { op: 'deploy', data: { name: 'web', k8sNamespace: 'default', config }, requestId }
    const first = await call('POST', 'k8sclusters/minikube/command', { body })
    expect(first).toMatchObject({
      status: 200,
      body: { requestId, operation: 'deploy', installationName: 'web', status: 'REQUESTED' },
    })
    const again = await call('POST', 'k8sclusters/minikube/command', { body })
    expect(again.body).toMatchObject({ _id: first.body['_id'], requestId })
    expect((await call('GET', `k8sworkitems/${requestId}`)).body).toMatchObject({ requestId })
    expect((await call('GET', 'k8sinstallations/web')).body).toMatchObject({
      configSpec: config,
      revision: 1,
    })
  })

  test('of an installation finds its cluster, and of a workitem moves it to the history', async () => {
    const update = { op: 'deploy', data: { k8sNamespace: 'default', config, revision: 1 } }
    const updated = await call('POST', 'k8sinstallations/web/command', { body: update })
    expect(updated).toMatchObject({ status: 200, body: { clusterName: 'minikube', revision: 2 } })
    const { requestId } = updated.body
    const cancelled = await call('POST', `k8sworkitems/${requestId}/command`, { body: { op: 'cancel' } })
    expect(cancelled).toMatchObject({ status: 200, body: { requestId, status: 'CANCELLED' } })
    expect((await call('GET', `k8sworkitems/${requestId}`)).status).toBe(404)
    expect((await call('GET', `k8sworkitemhistory/${requestId}`)).body).toMatchObject({ status: 'CANCELLED' })
  })

  test.each([
    ['k8sclusters/minikube/command', { op: 'undeploy', data: {} }, ['name', 'required']],
    [
      'k8sclusters/minikube/command',
      { op: 'shutdown', data: { name: 'web', deleteVolumes: true } },
      ['deleteVolumes', 'knownProperty', 'deleteVolumes'],
    ],
    [
      'k8sinstallations/web/command',
      { op: 'deploy', data: { name: 'other' } },
      ['name', 'matchesAddress', 'other'],
    ],
    ['k8sinstallations/web/command', { op: 'restart', requestId: 'x' }, ['requestId', 'invalid_format', 'x']],
    ['k8sinstallations/web/command', { data: {} }, ['op', 'required']],
    [
      'k8sworkitems/6f0dbb2e-4d5c-4b8e-9a55-d4f0f2f8f001/command',
      { op: 'cancel', data: { a: 1 } },
      ['a', 'knownProperty', 'a'],
    ],
  ])('%s with %j is refused', async (path, body, params) => {
    expect(await call('POST', path, { body })).toMatchObject({ status: 400, body: [{ params }] })
  })

  test('of what is not there is 404', async () => {
    for (const path of ['k8sclusters/nowhere', 'k8sinstallations/nothing']) {
      const data = path.startsWith('k8sclusters') ? { name: 'web' } : {}
      const answer = await call('POST', `${path}/command`, { body: { op: 'restart', data } })
      expect(answer).toMatchObject({ status: 404, body: [{ code: 'io.vantiq.resource.not.found' }] })
    }
  })
})

const invalid = (message: string, ...params: unknown[]) => [{ code: 'io.windlass.invalid', message, params }]

describe('a bad request', () => {
  test.each<[string, string, Call, number, unknown]>([
    [
      'GET',
      'k8sclusters/foo',
      {},
      404,
      [
        {
          code: 'io.vantiq.resource.not.found',
          message: "The requested instance ('{name=foo}') of the k8sclusters resource could not be found.",
          params: ['k8sclusters', '{name=foo}'],
        },
      ],
    ],
    [
      'GET',
      'nonsense',
      {},
      404,
      [
        {
          code: 'io.vantiq.type.system.resource.unknown',
          message: "There is no resource 'nonsense'.",
          params: ['nonsense'],
        },
      ],
    ],
    [
      'GET',
      'documents/a/b',
      {},
      404,
      [
        {
          code: 'io.vantiq.resource.not.found',
          message: "The requested instance ('{name=a/b}') of the documents resource could not be found.",
          params: ['documents', '{name=a/b}'],
        },
      ],
    ],
    ['GET', 'k8sclusters?where={oops', {}, 400, invalid("'where' is not JSON", 'where', 'json', '{oops')],
    [
      'GET',
      `k8sclusters?where=${'x'.repeat(4097)}`,
      {},
      400,
      invalid("'where' has at most 4096 bytes, and this one has 4097", 'where', 'maximumBytes', 4097),
    ],
    [
      'GET',
      'k8sclusters?upsert=true',
      {},
      400,
      invalid(
        "There is no parameter 'upsert' here; there is where, props, sort, limit, page, count, search, namespace",
        'upsert',
        'knownParameter',
        'true',
      ),
    ],
    [
      'POST',
      'k8sclusters?upsert=true',
      { body: { name: 'x' } },
      400,
      invalid("There is no parameter 'upsert' here; there is namespace", 'upsert', 'knownParameter', 'true'),
    ],
    [
      'DELETE',
      'k8sclusters/minikube?where={}',
      {},
      400,
      invalid(
        "There is no parameter 'where' here; there is forget, confirmedName, namespace",
        'where',
        'knownParameter',
        '{}',
      ),
    ],
    ['POST', 'k8sclusters', { text: '{oops' }, 400, invalid('The body is not JSON', '', 'json')],
    ['POST', 'k8sclusters', {}, 400, invalid('The request has no body; it needs JSON', '', 'json')],
    [
      'POST',
      'k8sclusters/minikube/command',
      { body: { op: 'fetchLogs' } },
      400,
      invalid(
        "There is no op 'fetchLogs' here; there are deploy, shutdown, restart, undeploy",
        'op',
        'knownOp',
        'fetchLogs',
      ),
    ],
    [
      'POST',
      'tokens',
      { body: { name: 'x', profile: 'other.admin' } },
      400,
      invalid(
        "There is no profile 'other.admin' in this namespace; it has default.admin, default.k8sWorker__system, default.viewer",
        'profile',
        'profileExists',
        'other.admin',
      ),
    ],
    [
      'POST',
      'tokens',
      { body: { name: 'x', profile: 'default.k8sWorker__system', clusters: ['nowhere'] } },
      400,
      invalid("There is no cluster 'nowhere' in this namespace", 'clusters[0]', 'clusterExists', 'nowhere'),
    ],
    ['POST', 'documents', { body: {} }, 400, invalid('The body is not multipart/form-data', '', 'multipart')],
    [
      'GET',
      'k8sclusters/%zz',
      {},
      400,
      invalid('The address holds a broken percent-encoding', '', 'percentEncoding', '%zz'),
    ],
    [
      'GET',
      'tokens?where={"createdAt":"0000-01-01"}',
      {},
      400,
      invalid('"createdAt" is compared with a time in ISO 8601', 'where.createdAt', 'moment', '0000-01-01'),
    ],
    [
      'GET',
      'tokens?where={"createdAt":"9999-12-31T23:00:00-14:00"}',
      {},
      400,
      invalid(
        '"createdAt" is compared with a time in ISO 8601',
        'where.createdAt',
        'moment',
        '9999-12-31T23:00:00-14:00',
      ),
    ],
  ])('%s %s is refused in the form of the contract', async (method, path, request, status, answer) => {
    expect(await call(method, path, request)).toMatchObject({ status, body: answer })
  })

  test('tells every fault at once', async () => {
    const { body } = await call('POST', 'tokens', { body: { name: '', clusters: 7, extra: 1 } })
    expect(body.map((each: { params: unknown[] }) => each.params[0])).toEqual(
      expect.arrayContaining(['name', 'profile', 'clusters', 'extra']),
    )
  })

  test.each([
    ['PUT', 'k8sinstallations/jdbc', 'GET'],
    ['POST', 'k8sinstallations', 'GET'],
    ['DELETE', 'k8sworkitemhistory/00000000-0000-4000-8000-000000000000', 'GET'],
    ['PUT', 'tokens/admin', 'GET, DELETE'],
    ['GET', 'k8sclusters/minikube/command', 'POST'],
    ['PATCH', 'k8sclusters/minikube', 'GET, PUT, DELETE'],
    ['DELETE', 'documents', 'GET, POST'],
  ])('%s %s is 405 and says what is possible', async (method, path, allow) => {
    const answer = await call(method, path)
    expect(answer).toMatchObject({ status: 405, body: [{ code: 'io.windlass.method.not.allowed' }] })
    expect(answer.headers.get('allow')).toBe(allow)
  })

  test('with a NUL character is 400, wherever it stands', async () => {
    const calls = [
      call('GET', 'k8sclusters/a%00b'),
      call('GET', 'documents/a%00b'),
      call('DELETE', 'tokens/a%00b'),
      call('GET', `documents?search=${encodeURIComponent(JSON.stringify('\0'))}`),
      call('POST', 'k8sclusters/minikube/command', { body: { op: 'shutdown', data: { name: '\0' } } }),
      call('POST', 'tokens', {
        body: { name: 'nul', profile: 'default.k8sWorker__system', clusters: ['\0'] },
      }),
    ]
    for (const { status, body } of await Promise.all(calls)) {
      expect(status).toBe(400)
      expect(body[0].params[1]).toBe('storableText')
    }
  })

  test('of more than 5 MiB is 413, with limit and size, whether it says its size or not', async () => {
    const text = JSON.stringify({ name: 'x'.repeat(5 * 1024 * 1024) })
    const params = [5_242_880, text.length]
    expect(await call('POST', 'k8sclusters', { text })).toMatchObject({ status: 413, body: [{ params }] })
    const headers = { 'content-length': String(text.length) }
    expect(await call('POST', 'k8sclusters', { text, headers })).toMatchObject({
      status: 413,
      body: [{ params }],
    })
  })

  test('asks for at most 1,000 rows', async () => {
    const { status, body } = await call('GET', 'k8sclusters?limit=1001')
    expect([status, body[0].params]).toEqual([400, ['limit', 'too_big', 1001]])
    expect(body[0].message).toBe('A limit is at most 1000')
  })
})

describe('a session', () => {
  const origin = 'http://localhost:3000'
  const session = async (headers: Record<string, string> = {}) => ({
    token: '',
    headers: { cookie: `theme=dark; ${await cookieOf(admin)}`, ...headers },
  })

  test('names the namespace in the address', async () => {
    expect((await call('GET', 'k8sclusters?namespace=default', await session())).status).toBe(200)
    const without = await call('GET', 'k8sclusters', await session())
    expect([without.status, without.body[0].params]).toEqual([400, ['namespace', 'required']])
    expect((await call('GET', 'k8sclusters?namespace=nowhere', await session())).status).toBe(404)
  })

  test.each<[string, Record<string, string>, number]>([
    ['from a page of ours', { origin, 'content-type': 'application/json' }, 200],
    ['from elsewhere', { origin: 'https://evil.example', 'content-type': 'application/json' }, 403],
    ['from nowhere', { 'content-type': 'application/json' }, 403],
    ['as a form could send it', { origin, 'content-type': 'text/plain' }, 403],
    ['as a form does', { origin, 'content-type': 'application/x-www-form-urlencoded' }, 403],
  ])('changes something %s: %j', async (title, headers, status) => {
    const request = { ...(await session(headers)), body: { name: `c-${title.replaceAll(' ', '-')}` } }
    expect((await call('POST', 'k8sclusters?namespace=default', request)).status).toBe(status)
  })

  test('that was signed out, or was never opened, is none', async () => {
    const gone = await signIn(admin.userId)
    const cookie = await cookieOf(gone)
    await endCurrentSession(gone)
    for (const each of [cookie, 'windlass.session=forged']) {
      const request = { token: '', headers: { cookie: each } }
      expect((await call('GET', 'k8sclusters?namespace=default', request)).status).toBe(401)
    }
  })

  test('of somebody who must change the password opens nothing else', async () => {
    const { _id } = await createUser(admin, { email: 'new@example.com', name: 'New' })
    const request = { token: '', headers: { cookie: await cookieOf(await signIn(_id)) } }
    expect((await call('GET', 'k8sclusters?namespace=default', request)).status).toBe(403)
  })
})

describe('credentials', () => {
  test.each([
    ['', 401],
    ['wl_unknown', 401],
    ['not a token', 401],
  ])("'%s' are no credentials", async (token, status) => {
    const answer = await call('GET', 'k8sclusters', { token })
    expect(answer).toMatchObject({ status, body: [{ code: 'io.windlass.unauthenticated' }] })
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })

  test("of a worker are not REST's", async () => {
    expect(await call('GET', 'k8sclusters', { token: tokens.worker })).toMatchObject({ status: 403 })
  })

  test('of a viewer read and change nothing', async () => {
    const { viewer: token } = tokens
    expect((await call('GET', 'k8sclusters', { token })).status).toBe(200)
    expect((await call('POST', 'k8sclusters', { token, body: { name: 'mine' } })).status).toBe(403)
    expect((await call('GET', 'tokens', { token })).status).toBe(403)
  })

  test('of another namespace see nothing of this one', async () => {
    const { elsewhere: token } = tokens
    expect((await call('GET', 'k8sclusters', { token })).body).toEqual([])
    expect((await call('GET', 'k8sclusters/minikube', { token })).status).toBe(404)
    expect((await call('GET', 'k8sclusters?namespace=default', { token })).status).toBe(404)
  })
})
