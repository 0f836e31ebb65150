import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from './start-sandbox.ts'
import { connect, corePath, setPath, statefulSet, type Connection } from './testing/connect.ts'
import { treeAt } from './trees.ts'

let sandbox: Sandbox
let api: Connection

beforeAll(async () => {
  sandbox = await startSandbox({ startMs: 10, stopMs: 5, retryMs: 20 })
  api = connect(sandbox)
})
afterAll(() => sandbox.close())

const map = (name: string, data: object = {}, metadata: object = {}): object => ({
  metadata: { name, ...metadata },
  data,
})
const service = (name: string, spec: object): object => ({
  metadata: { name },
  spec: { ports: [{ port: 80 }], ...spec },
})

describe('answers to what cannot be done', () => {
  test('a wrong token is 401', async () => {
    const { code, body } = await connect({ ...sandbox, token: 'wrong' }).send('GET', '/api')
    expect([code, body.kind, body.reason]).toEqual([401, 'Status', 'Unauthorized'])
  })

  test.for([
    ['/apis/apps/v1/namespaces/default/deployments', 'the server could not find the requested resource'],
    ['/apis/batch/v1', 'the server could not find the requested resource'],
    [`${corePath}/services/none`, 'services "none" not found'],
    [`${setPath}/none`, 'statefulsets.apps "none" not found'],
  ] as const)('%s is not found', async ([path, message]) => {
    const { code, body } = await api.send('GET', path)
    expect([code, body.reason, body.message]).toEqual([404, 'NotFound', message])
  })

  test('a second object of a name, a stale version and a missing namespace are told apart', async () => {
    const first = await api.send('POST', `${corePath}/configmaps`, map('twice'))
    expect(first.code).toBe(201)
    const second = await api.send('POST', `${corePath}/configmaps`, map('twice'))
    expect([second.code, second.body.message]).toEqual([409, 'configmaps "twice" already exists'])
    const stale = await api.send(
      'PUT',
      `${corePath}/configmaps/twice`,
      map('twice', {}, { resourceVersion: '1' }),
    )
    expect([stale.code, stale.body.message]).toEqual([
      409,
      'Operation cannot be fulfilled on configmaps "twice": the object has been modified; please apply your changes to the latest version and try again',
    ])
    const homeless = await api.send('POST', '/api/v1/namespaces/none/configmaps', map('homeless'))
    expect([homeless.code, homeless.body.message]).toEqual([404, 'namespaces "none" not found'])
  })

  test('an unknown field is refused, warned of or dropped, as fieldValidation says', async () => {
    const body = { ...map('strange'), colour: 'red' }
    const strict = await api.send('POST', `${corePath}/configmaps?fieldValidation=Strict`, body)
    expect([strict.code, strict.body.message]).toEqual([
      400,
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "colour"',
    ])
    const warned = await api.send('POST', `${corePath}/configmaps`, body)
    expect(warned.headers.warning).toBe('299 - "unknown field \\"colour\\""')
    expect(warned.body.colour).toBeUndefined()
  })

  test('deleting another object than the one that was read is a conflict', async () => {
    await api.send('POST', `${corePath}/configmaps`, map('renewed'))
    const { code, body } = await api.send('DELETE', `${corePath}/configmaps/renewed`, {
      preconditions: { uid: 'other' },
    })
    expect([code, body.reason]).toEqual([409, 'Conflict'])
    expect((await api.send('DELETE', `${corePath}/configmaps/renewed`)).body).toMatchObject({
      kind: 'Status',
      status: 'Success',
    })
  })
})

describe('rules beyond the schema', () => {
  test.for([
    ['a name', 'configmaps', map('Not_A_Name'), 'metadata.name'],
    ['a Service name', 'services', service('1a', {}), 'metadata.name'],
    ['a label', 'configmaps', map('labelled', {}, { labels: { a: '-' } }), 'metadata.labels'],
    ['a port', 'services', service('port', { ports: [{ port: 70_000 }] }), 'spec.ports[0].port'],
    [
      'a port out of the range of node ports',
      'services',
      service('range', { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] }),
      'spec.ports[0].nodePort',
    ],
    [
      'unnamed ports',
      'services',
      service('unnamed', { ports: [{ port: 80 }, { port: 81 }] }),
      'spec.ports[0].name',
    ],
    ['an enum', 'services', service('enum', { type: 'Nothing' }), 'spec.type'],
    ['a key of a ConfigMap', 'configmaps', map('keys', { 'a/b': '1' }), 'data[a/b]'],
  ] as const)('%s is refused at its field', async ([, plural, body, field]) => {
    const answer = await api.send('POST', `${corePath}/${plural}`, body)
    expect([answer.code, answer.body.reason]).toEqual([422, 'Invalid'])
    expect((answer.body.details.causes as { field: string }[]).map((cause) => cause.field)).toContain(field)
  })

  test.for([
    ['no image', { image: undefined }, 'spec.template.spec.containers[0].image'],
    ['a variable', { env: [{ name: '1 A' }] }, 'spec.template.spec.containers[0].env[0].name'],
    [
      'a mount of no volume',
      { volumeMounts: [{ name: 'none', mountPath: '/x' }] },
      'spec.template.spec.containers[0].volumeMounts[0].name',
    ],
    [
      'a missing required field',
      { ports: [{ name: 'a' }] },
      'spec.template.spec.containers[0].ports[0].containerPort',
    ],
    [
      'a request above its limit',
      { resources: { requests: { cpu: '2' }, limits: { cpu: '1500m' } } },
      'spec.template.spec.containers[0].resources.requests',
    ],
  ] as const)('a StatefulSet with %s is refused', async ([, container, field]) => {
    const { code, body } = await api.send('POST', setPath, statefulSet('refused', {}, container))
    expect(code).toBe(422)
    expect((body.details.causes as { field: string }[]).map((cause) => cause.field)).toContain(field)
  })

  test('what is fixed at creation stays', async () => {
    await api.send('POST', setPath, statefulSet('fixed', { replicas: 0 }))
    const renamed = await api.send(
      'PATCH',
      `${setPath}/fixed`,
      { spec: { serviceName: 'other' } },
      'merge-patch+json',
    )
    expect([renamed.code, renamed.body.message]).toEqual([
      422,
      `StatefulSet.apps "fixed" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden`,
    ])
    await api.send('POST', `${corePath}/services`, service('fixed', {}))
    const moved = await api.send(
      'PATCH',
      `${corePath}/services/fixed`,
      { spec: { clusterIP: '10.96.9.9' } },
      'merge-patch+json',
    )
    expect(moved.body.message).toContain('may not change once set')
  })

  test('a node port is given, kept, and refused to a second Service', async () => {
    const { body } = await api.send('POST', `${corePath}/services`, service('node-one', { type: 'NodePort' }))
    const [{ nodePort }] = treeAt(body, 'spec').ports as [{ nodePort: number }]
    expect(nodePort).toBeGreaterThanOrEqual(30_000)
    const kept = await api.apply(
      `${corePath}/services/node-one`,
      'one',
      { ...service('node-one', { type: 'NodePort' }), apiVersion: 'v1', kind: 'Service' },
      '&force=true',
    )
    expect(treeAt(kept.body, 'spec').ports).toMatchObject([{ nodePort }])
    const taken = await api.send(
      'POST',
      `${corePath}/services`,
      service('node-two', { type: 'NodePort', ports: [{ port: 80, nodePort }] }),
    )
    expect(taken.body.message).toBe(
      `Service "node-two" is invalid: spec.ports[0].nodePort: Invalid value: ${nodePort}: provided port is already allocated`,
    )
    const clustered = await api.send(
      'PATCH',
      `${corePath}/services/node-one`,
      { spec: { type: 'ClusterIP' } },
      'merge-patch+json',
    )
    expect(clustered.code).toBe(200)
    expect((treeAt(clustered.body, 'spec').ports as object[])[0]).not.toHaveProperty('nodePort')
  })
})

describe('reading', () => {
  test('lists are cut into pages and selected by labels', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e'])
      await api.send('POST', `${corePath}/configmaps`, map(`page-${name}`, {}, { labels: { page: name } }))
    const path = `${corePath}/configmaps?labelSelector=${encodeURIComponent('page in (a,b,c,d),page!=d')}`
    const first = await api.send('GET', `${path}&limit=2`)
    expect(first.body.items.map((item) => item.metadata.name)).toEqual(['page-a', 'page-b'])
    expect(first.body.items[0]?.kind).toBeUndefined()
    const next = String((first.body.metadata as unknown as Record<string, string>).continue)
    const second = await api.send('GET', `${path}&limit=2&continue=${next}`)
    expect(second.body.items.map((item) => item.metadata.name)).toEqual(['page-c'])
    await api.send('POST', `${corePath}/configmaps`, map('after'))
    await api.send('POST', '/sandbox/compact')
    expect((await api.send('GET', `${path}&limit=2&continue=${next}`)).code).toBe(410)
  })

  test('a watch goes on from a version, tells what leaves its selector, and ends when it is too late', async () => {
    const { body } = await api.send(
      'POST',
      `${corePath}/configmaps`,
      map('watched', {}, { labels: { seen: 'yes' } }),
    )
    const since = body.metadata.resourceVersion
    const path = `${corePath}/configmaps?watch=1&timeoutSeconds=1&labelSelector=seen&resourceVersion=`
    const watched = api.send('GET', `${path}${since}`)
    await api.send('PATCH', `${corePath}/configmaps/watched`, { data: { a: '1' } }, 'merge-patch+json')
    await api.send(
      'PATCH',
      `${corePath}/configmaps/watched`,
      { metadata: { labels: { seen: null } } },
      'merge-patch+json',
    )
    const lines = (await watched).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string })
    expect(lines.map(({ type }) => type)).toEqual(['MODIFIED', 'DELETED'])
    await api.send('POST', '/sandbox/compact')
    const late = await api.send('GET', `${path}${since}`)
    expect(JSON.parse(late.text)).toMatchObject({
      type: 'ERROR',
      object: { code: 410, reason: 'Expired' },
    })
  })
})

test('a followed log goes on as lines come, and ends with its pod', async () => {
  const spec = { containers: [{ name: 'main', image: 'registry.example.com/app:1' }] }
  await api.send('POST', `${corePath}/pods`, { metadata: { name: 'followed' }, spec })
  await api.until(`${corePath}/pods/followed`, (pod) => treeAt(pod, 'status').phase === 'Running')
  const followed = api.send('GET', `${corePath}/pods/followed/log?follow=true`)
  await api.until(`${corePath}/pods/followed/log`, (text) =>
    JSON.stringify(text).includes('Still working, 1'),
  )
  await api.send('DELETE', `${corePath}/pods/followed`)
  expect((await followed).text).toMatch(/^Starting registry.example.com\/app:1\n(.*\n)*Still working, 1\n$/)
})

describe('deletion', () => {
  test('a namespace takes its content along and refuses more meanwhile', async () => {
    await api.send('POST', '/api/v1/namespaces', { metadata: { name: 'going' } })
    await api.send(
      'POST',
      '/api/v1/namespaces/going/configmaps',
      map('held', {}, { finalizers: ['example.com/hold'] }),
    )
    expect(treeAt((await api.send('DELETE', '/api/v1/namespaces/going')).body, 'status').phase).toBe(
      'Terminating',
    )
    const late = await api.send('POST', '/api/v1/namespaces/going/configmaps', map('late'))
    expect([late.code, late.body.message]).toEqual([
      403,
      'configmaps "late" is forbidden: unable to create new content in namespace going because it is being terminated',
    ])
    await api.until('/api/v1/namespaces/going/configmaps', (body) => body.items.length === 1)
    await api.send(
      'PATCH',
      '/api/v1/namespaces/going/configmaps/held',
      { metadata: { finalizers: null } },
      'merge-patch+json',
    )
    await api.until('/api/v1/namespaces/going', (body) => body.reason === 'NotFound')
  })

  test('of a collection takes what the selector finds', async () => {
    for (const name of ['x', 'y'])
      await api.send('POST', `${corePath}/secrets`, {
        metadata: { name: `heap-${name}`, labels: { heap: name } },
      })
    await api.send('DELETE', `${corePath}/secrets?labelSelector=heap=x`)
    const { body } = await api.send('GET', `${corePath}/secrets?labelSelector=heap`)
    expect(body.items.map((item) => item.metadata.name)).toEqual(['heap-y'])
  })
})

describe('patches', () => {
  test('a JSON patch and a strategic merge change what they name', async () => {
    await api.send('POST', `${corePath}/pods`, {
      metadata: { name: 'patched' },
      spec: {
        containers: [
          { name: 'one', image: 'a:1' },
          { name: 'two', image: 'b:1' },
        ],
      },
    })
    const strategic = await api.send(
      'PATCH',
      `${corePath}/pods/patched`,
      { spec: { containers: [{ name: 'two', image: 'b:2' }] } },
      'strategic-merge-patch+json',
    )
    expect(treeAt(strategic.body, 'spec').containers).toMatchObject([{ image: 'a:1' }, { image: 'b:2' }])
    const json = await api.send(
      'PATCH',
      `${corePath}/pods/patched`,
      [{ op: 'replace', path: '/spec/containers/0/image', value: 'a:2' }],
      'json-patch+json',
    )
    expect(treeAt(json.body, 'spec').containers).toMatchObject([{ image: 'a:2' }, { image: 'b:2' }])
  })

  test('the generation counts changes of the spec only', async () => {
    await api.send('POST', setPath, statefulSet('counted', { replicas: 0 }))
    const labelled = await api.send(
      'PATCH',
      `${setPath}/counted`,
      { metadata: { labels: { a: 'b' } } },
      'merge-patch+json',
    )
    expect(labelled.body.metadata.generation).toBe(1)
    const scaled = await api.send(
      'PATCH',
      `${setPath}/counted`,
      { spec: { replicas: 1 } },
      'merge-patch+json',
    )
    expect(scaled.body.metadata.generation).toBe(2)
  })
})

describe('faults on order', () => {
  test('the next matching requests fail, with their headers, and then no more', async () => {
    await api.send('POST', '/sandbox/faults', {
      method: 'GET',
      path: '/configmaps/faulty',
      status: 429,
      headers: { 'retry-after': '3' },
      times: 2,
    })
    const codes = []
    for (let count = 0; count < 3; count++)
      codes.push((await api.send('GET', `${corePath}/configmaps/faulty`)).code)
    expect(codes).toEqual([429, 429, 404])
  })

  test('a connection breaks before a write, or after it was done', async () => {
    await api.send('POST', '/sandbox/faults', [
      { method: 'POST', path: '/configmaps$', breakConnection: 'before' },
      { method: 'POST', path: '/configmaps$', breakConnection: 'after' },
    ])
    await expect(api.send('POST', `${corePath}/configmaps`, map('cut-before'))).rejects.toThrow()
    await expect(api.send('POST', `${corePath}/configmaps`, map('cut-after'))).rejects.toThrow()
    expect((await api.send('GET', `${corePath}/configmaps/cut-before`)).code).toBe(404)
    expect((await api.send('GET', `${corePath}/configmaps/cut-after`)).code).toBe(200)
  })

  test('every write that changed something is on record', async () => {
    const before = (await api.send('GET', '/sandbox/writes')).body as unknown as object[]
    const body = { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' } }
    for (const query of ['&dryRun=All', '', ''])
      await api.apply(`${corePath}/configmaps/recorded`, 'recorder', body, query)
    const after = await api.send('GET', `/sandbox/writes?since=${before.length}`)
    expect(after.body).toMatchObject([
      { method: 'PATCH', manager: 'recorder', kind: 'ConfigMap', name: 'recorded' },
    ])
  })
})
