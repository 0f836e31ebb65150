import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from './start-sandbox.ts'
import { connect, corePath, setPath, statefulSet, type Connection } from './testing/connect.ts'
import { treeAt, type KubeObject } from './trees.ts'

let sandbox: Sandbox
let api: Connection
let number = 0

beforeAll(async () => {
  sandbox = await startSandbox()
  api = connect(sandbox)
})
afterAll(() => sandbox.close())

/** A ConfigMap's address of its own for each case. */
const newMap = (): string => `${corePath}/configmaps/map-${++number}`
const map = (data?: object, metadata: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata,
  ...(data && { data }),
})

function fieldsOf(object: KubeObject, manager: string): unknown {
  return object.metadata.managedFields?.find((entry) => entry.manager === manager)?.fieldsV1
}

describe('ownership', () => {
  test('an apply creates with 201, repeats with 200, and does not count a version for nothing', async () => {
    const path = newMap()
    const first = await api.apply(path, 'one', map({ a: '1' }))
    expect(first.code).toBe(201)
    expect(fieldsOf(first.body, 'one')).toEqual({ 'f:data': { 'f:a': {} } })
    const second = await api.apply(path, 'one', map({ a: '1' }))
    expect(second.code).toBe(200)
    expect(second.body).toEqual(first.body)
  })

  test('a field left out of the next apply is removed, and an emptied map with it', async () => {
    const path = newMap()
    await api.apply(path, 'one', map({ a: '1', b: '2' }))
    expect((await api.apply(path, 'one', map({ b: '2' }))).body.data).toEqual({ b: '2' })
    expect((await api.apply(path, 'one', map())).body.data).toBeUndefined()
  })

  test('a field that another manager owns too stays when one of them leaves it out', async () => {
    const path = newMap()
    await api.apply(path, 'one', map({ a: '1' }))
    const shared = await api.apply(path, 'two', map({ a: '1' }))
    expect(fieldsOf(shared.body, 'two')).toEqual({ 'f:data': { 'f:a': {} } })
    const left = await api.apply(path, 'one', map())
    expect(left.body.data).toEqual({ a: '1' })
    expect(fieldsOf(left.body, 'one')).toBeUndefined()
  })

  test('a changed field of another manager is a conflict that names manager and field', async () => {
    const path = newMap()
    await api.apply(path, 'one', map({ a: '1' }))
    const { code, body } = await api.apply(path, 'two', map({ a: '2' }))
    expect(code).toBe(409)
    expect(body).toMatchObject({
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "one": .data.a',
      details: {
        causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.a' }],
      },
    })
    expect((await api.send('GET', path)).body.data).toEqual({ a: '1' })
  })

  test('force takes the field over, and the other manager no longer owns it', async () => {
    const path = newMap()
    await api.apply(path, 'one', map({ a: '1', b: '1' }))
    const { body } = await api.apply(path, 'two', map({ a: '2' }), '&force=true')
    expect(body.data).toEqual({ a: '2', b: '1' })
    expect(fieldsOf(body, 'one')).toEqual({ 'f:data': { 'f:b': {} } })
  })

  test('an update owns what it changes, and applying over it names it with its API version', async () => {
    const path = newMap()
    await api.apply(path, 'one', map({ a: '1', b: '1' }))
    const patched = await api.send('PATCH', path, { data: { a: '2' } }, 'merge-patch+json')
    expect(fieldsOf(patched.body, 'tester')).toEqual({ 'f:data': { 'f:a': {} } })
    const { body } = await api.apply(path, 'one', map({ a: '3', b: '2' }))
    expect(body.message).toBe('Apply failed with 1 conflict: conflict with "tester" using v1: .data.a')
  })

  test('labels and annotations are owned one by one', async () => {
    const path = newMap()
    await api.apply(path, 'one', map(undefined, { labels: { a: '1' } }))
    const { body } = await api.apply(
      path,
      'two',
      map(undefined, { labels: { b: '2' }, annotations: { c: '3' } }),
    )
    expect(body.metadata.labels).toEqual({ a: '1', b: '2' })
    expect(fieldsOf(body, 'two')).toEqual({
      'f:metadata': { 'f:annotations': { 'f:c': {} }, 'f:labels': { 'f:b': {} } },
    })
  })

  test('a dry run answers the outcome and stores nothing', async () => {
    const path = newMap()
    expect((await api.apply(path, 'one', map({ a: '1' }), '&dryRun=All')).body.data).toEqual({ a: '1' })
    expect((await api.send('GET', path)).code).toBe(404)
  })

  test('a stale resourceVersion is a conflict, of an object that is gone not found', async () => {
    const path = newMap()
    const stale = map({ a: '1' }, { resourceVersion: '1' })
    expect((await api.apply(path, 'one', stale)).code).toBe(404)
    await api.apply(path, 'one', map({ a: '1' }))
    const { code, body } = await api.apply(path, 'one', stale)
    expect([code, body.reason]).toEqual([409, 'Conflict'])
    expect(body.message).toContain(
      'the object has been modified; please apply your changes to the latest version',
    )
  })

  test('managedFields in a configuration and a missing field manager are refused', async () => {
    const path = newMap()
    expect((await api.apply(path, 'one', map({}, { managedFields: [] }))).code).toBe(400)
    expect((await api.send('PATCH', path, map(), 'apply-patch+yaml')).code).toBe(400)
  })
})

describe('lists', () => {
  const env = (...pairs: [string, string][]): object => ({
    env: pairs.map(([name, value]) => ({ name, value })),
  })
  const main = (set: KubeObject): Record<string, unknown> =>
    (treeAt(set, 'spec', 'template', 'spec').containers as Record<string, unknown>[])[0] ?? {}

  test('items of a keyed list belong to who applied them; defaults belong to nobody', async () => {
    const path = `${setPath}/lists`
    const first = await api.apply(
      path,
      'one',
      statefulSet('lists', { replicas: 0 }, env(['A', '1'], ['B', '1'])),
    )
    expect(main(first.body).imagePullPolicy).toBe('IfNotPresent')
    expect(JSON.stringify(fieldsOf(first.body, 'one'))).not.toContain('imagePullPolicy')
    expect(JSON.stringify(fieldsOf(first.body, 'one'))).toContain('k:{\\"name\\":\\"B\\"}')
    const other = {
      ...statefulSet('lists'),
      spec: { template: { spec: { containers: [{ name: 'main', ...env(['C', '1']) }] } } },
    }
    expect((await api.apply(path, 'two', other)).code).toBe(200)
    const last = await api.apply(path, 'one', statefulSet('lists', { replicas: 0 }, env(['A', '1'])))
    expect(main(last.body).env).toEqual([
      { name: 'A', value: '1' },
      { name: 'C', value: '1' },
    ])
  })

  test('a struct that is no longer applied goes with the defaults it got', async () => {
    const path = `${setPath}/probe`
    const probe = { readinessProbe: { tcpSocket: { port: 80 } } }
    const first = await api.apply(path, 'one', statefulSet('probe', { replicas: 0 }, probe))
    expect(main(first.body).readinessProbe).toMatchObject({ periodSeconds: 10 })
    const second = await api.apply(path, 'one', statefulSet('probe', { replicas: 0 }))
    expect([second.code, main(second.body).readinessProbe]).toEqual([200, undefined])
  })

  test('values are stored as Kubernetes writes them, and applying them again changes nothing', async () => {
    const odd = { env: [{ name: 'A', value: '' }], resources: { limits: { cpu: '1000m' } }, args: [] }
    const set = statefulSet('stored', { replicas: 0 }, odd)
    const first = await api.apply(`${setPath}/stored`, 'one', set)
    expect(main(first.body)).toMatchObject({ env: [{ name: 'A' }], resources: { limits: { cpu: '1' } } })
    expect(main(first.body)).not.toHaveProperty('args')
    expect(main(first.body)).not.toHaveProperty('resources.requests')
    // The controller writes the status meanwhile; what is applied must stand still.
    const applied = ({ metadata, spec }: KubeObject): unknown => [
      metadata.generation,
      metadata.managedFields,
      spec,
    ]
    const second = await api.apply(`${setPath}/stored`, 'one', set)
    expect(applied(second.body)).toEqual(applied(first.body))
  })

  test('ports of a Service are told apart by port and protocol', async () => {
    const service = (...ports: object[]): object => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'ports' },
      spec: { ports },
    })
    const path = `${corePath}/services/ports`
    const tcp = { name: 'tcp', port: 53, protocol: 'TCP' }
    const udp = { name: 'udp', port: 53, protocol: 'UDP' }
    await api.apply(path, 'one', service(tcp))
    const { body } = await api.apply(path, 'two', service(udp))
    expect(treeAt(body, 'spec').ports).toMatchObject([udp, tcp])
    expect(JSON.stringify(fieldsOf(body, 'two'))).toContain('k:{\\"port\\":53,\\"protocol\\":\\"UDP\\"}')
  })

  test.for([
    [
      'a duplicate key',
      {
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
      '.spec.template.spec.containers[name="main"].env: duplicate entries for key [name="A"]',
    ],
    ['an item without its key', { env: [{ value: '1' }] }, 'omits key field "name"'],
    [
      'an unknown field',
      { colour: 'red' },
      '.spec.template.spec.containers[0].colour: field not declared in schema',
    ],
    [
      'a value of a wrong type',
      { image: 1 },
      '.spec.template.spec.containers[0].image: expected string, got 1',
    ],
  ] as const)('%s is answered as status 500, as Kubernetes does', async ([, container, message]) => {
    const { code, body } = await api.apply(`${setPath}/wrong`, 'one', statefulSet('wrong', {}, container))
    expect(code).toBe(500)
    expect(body.message).toContain(
      'failed to create typed patch object (default/wrong; apps/v1, Kind=StatefulSet): ',
    )
    expect(body.message).toContain(message)
  })

  test('scaling past the applier is a conflict with the scale subresource', async () => {
    const path = `${setPath}/scaled`
    await api.apply(path, 'one', statefulSet('scaled', { replicas: 0 }))
    const scaled = await api.send('PATCH', `${path}/scale`, { spec: { replicas: 1 } }, 'merge-patch+json')
    expect(scaled.body.kind).toBe('Scale')
    const { body } = await api.apply(path, 'one', statefulSet('scaled', { replicas: 2 }))
    expect(body.message).toBe(
      'Apply failed with 1 conflict: conflict with "tester" with subresource "scale" using apps/v1: .spec.replicas',
    )
  })
})
