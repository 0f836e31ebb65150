import { expect, test } from 'vitest'
import { checkItem, checkStoredSizes, parseItem } from './check-config.ts'
import { checkDeploy } from './check-deploy.ts'
import type { ConfigItem } from './config.ts'
import {
  alias,
  context,
  faultsOf,
  file,
  image,
  mebibyte,
  port,
  summary,
  valid,
  variable,
  withItems,
} from './testing/given-items.ts'

test('the guide’s JDBC example is accepted as it is', () => {
  const data = withItems(alias({}), alias({ name: 'vantiqhost' }), {
    type: 'file',
    path: '/app/serverConfig',
    filename: 'server.config',
    dataSource: 'secret',
    name: 'jdbc-server-config',
    key: 'data',
  })
  expect(checkDeploy(data, context)).toEqual({ ok: true, input: data })
})

test.each<[string, object[]]>([
  [
    'every property of an image',
    [{ imagePullSecret: 'quay-secret', serviceAccount: 'a.b', replicaCount: 0 }],
  ],
])('%s', (_, [more]) => {
  expect(faultsOf({ ...valid, revision: 0, config: [{ ...image, pullPolicy: 'Always', ...more }] })).toEqual(
    [],
  )
})

test.each<[string, unknown[]]>([
  [
    'files of one path from several sources',
    [
      file({}),
      file({ filename: 'b', dataSource: 'secret' }),
      file({ filename: 'c', content: undefined, name: 'cm', key: 'k' }),
      file({ filename: 'd', content: undefined, resourceType: 'documents', resourceName: 'x/d.txt' }),
    ],
  ],
  [
    'a library item that gives the file name',
    [file({ filename: undefined, content: undefined, resourceType: 'images', resourceName: 'x/a b.png' })],
  ],
  ['a path inside another', [file({}), file({ path: '/app/conf/deeper' }), file({ path: '/app/conf/a-1' })]],
  [
    'file names no ConfigMap has as keys',
    [file({ filename: 'mit Leerzeichen.txt' }), file({ filename: 'ключ' })],
  ],
  ['empty content and empty values', [file({ content: '' }), variable({ value: '' })]],
  ['exactly a mebibyte at a path', [file({ content: 'ä'.repeat(mebibyte / 2) })]],
  ['a folder of /dev, but not /dev', [file({ path: '/dev/conf' })]],
  ['one port with both protocols', [port({}), port({ protocol: 'TCP' })]],
  [
    'two TCP ports with hosts of their own',
    [port({ protocol: 'TCP', host: '*.example.com' }), port({ protocol: 'TCP', port: 81 })],
  ],
  ['a Service named like the installation', [port({ serviceName: 'jdbc' })]],
  ['a headless Service of one’s own', [port({ serviceType: 'ClusterIP', clusterIP: 'None' })]],
  [
    'every kind of variable',
    [
      variable({}),
      variable({ name: 'B', asSecret: true }),
      variable({ name: 'C', value: undefined, secretName: 's', key: 'k' }),
      variable({ name: 'D', value: { $secret: 'e8f2' }, asSecret: true }),
      variable({ name: 'E', value: '\\@secrets(Name)' }),
      variable({ name: 'F', value: 'see @secrets(Name)' }),
    ],
  ],
  ['one alias twice with one IP, in two spellings', [alias({ hostIP: '::1' }), alias({ hostIP: '0:0::1' })]],
  ['a reference to secret content', [file({ dataSource: 'secret', content: { $secret: 'e8f2' } })]],
])('accepted: %s', (_, items) => {
  expect(faultsOf(withItems(...items))).toEqual([])
})

test.each<[unknown, string[]]>([
  [null, [' type']],
  ['text', [' type']],
  [[], [' type']],
  [{}, ['name required', 'k8sNamespace required', 'config required']],
  [{ ...valid, name: '' }, ['name installationName']],
  [{ ...valid, name: 'new' }, ['name installationName']],
  [{ ...valid, name: 'Jdbc' }, ['name installationName']],
  [{ ...valid, name: '1jdbc' }, ['name installationName']],
  [{ ...valid, name: 'jdbc-' }, ['name installationName']],
  [{ ...valid, name: 'a.b' }, ['name installationName']],
  [{ ...valid, name: 'a'.repeat(46) }, ['name installationName']],
  [{ ...valid, k8sNamespace: 'a.b' }, ['k8sNamespace dns1123Label']],
  [{ ...valid, k8sNamespace: 'a'.repeat(64) }, ['k8sNamespace dns1123Label']],
  [{ ...valid, k8sNamespace: 7 }, ['k8sNamespace type']],
  [{ ...valid, revision: -1 }, ['revision revision']],
  [{ ...valid, revision: 1.5 }, ['revision revision']],
  [{ ...valid, revision: '1' }, ['revision type']],
  [{ ...valid, config: {} }, ['config type']],
  [{ ...valid, config: [] }, ['config exactlyOne']],
  [{ ...valid, deleteVolumes: true }, ['deleteVolumes knownProperty']],
  [{ ...valid, configRef: '/documents/x' }, ['configRef knownProperty']],
  [
    JSON.parse('{"name":"a","k8sNamespace":"b","config":[{"type":"__proto__"}],"__proto__":1}'),
    ['__proto__ knownProperty', 'config[0].type knownType', 'config exactlyOne'],
  ],
])('refused, of the deploy itself: %j', (data, expected) => {
  expect(summary(faultsOf(data))).toEqual(expected)
})

test('every fault is told at once, also between items that are wrong by themselves', () => {
  const data = {
    name: 'Jdbc',
    k8sNamespace: '',
    config: [{ type: 'nothing' }, port({ port: 0 }), variable({ asSecret: 1 }), variable({ key: 'a b' }), 7],
  }
  expect(summary(faultsOf(data))).toEqual([
    'name installationName',
    'k8sNamespace dns1123Label',
    'config[0].type knownType',
    'config[1].port portNumber',
    'config[2].asSecret type',
    'config[3].key configMapKey',
    'config[3].value mutuallyExclusive',
    'config[3].secretName required',
    'config[3].name duplicateVariable',
    'config[4] type',
    'config exactlyOne',
  ])
})

test('a fault shows what was given, shortened; never an object', () => {
  const [fault] = faultsOf({ ...valid, name: 'A'.repeat(5000) })
  expect(fault).toMatchObject({ given: `${'A'.repeat(200)}…` })
  expect(fault?.message.length).toBeLessThan(300)
  expect(faultsOf({ ...valid, config: { value: 'hunter2' } })[0]).not.toHaveProperty('given')
})

test.each([
  variable({ name: 'A B', value: 'hunter2\0', asSecret: true }),
  variable({ value: '@secrets(hunter2)', asSecret: 'true', unknown: 'hunter2' }),
  variable({ value: 'hunter2', asSecret: true, secretName: 's', key: 'k' }),
  variable({ value: { $secret: 'hunter2 ' } }),
  file({ content: 'hunter2\0', dataSource: 'secret' }),
  file({ content: 'hunter2\0', dataSource: 'sekret', name: 'a', key: 'k' }),
  file({ content: 'hunter2'.repeat(200_000), dataSource: 'secret' }),
  file({ content: { $secret: 'hunter2 ' } }),
  { type: 'environmentvariable', name: 'A', value: 'hunter2', asSecret: true },
])('a secret is in no fault: %#', (item) => {
  const faults = faultsOf(withItems(item))
  expect(faults).not.toEqual([])
  const shown = faults.map(({ message, ...fault }) =>
    fault.rule === 'secretExists' ? fault : { message, fault },
  )
  expect(JSON.stringify(shown)).not.toContain('hunter2')
})

test('too many items or bytes are refused before anything else is looked at', () => {
  const many = Array.from({ length: 501 }, () => ({ type: 'nothing' }))
  expect(faultsOf({ ...valid, config: many })).toEqual([
    {
      path: ['config'],
      rule: 'configItems',
      message: 'A config has at most 500 items, and this one has 501.',
      given: 501,
    },
  ])
  const large = Array.from({ length: 5 }, () => file({ content: 'ä'.repeat(mebibyte / 2) }))
  expect(summary(faultsOf({ ...valid, config: large }))).toEqual(['config configSize'])
})

test('500 items are within the limit', () => {
  const many = Array.from({ length: 499 }, (_, index) => variable({ name: `V${index}` }))
  expect(faultsOf(withItems(...many))).toEqual([])
})

test.each<[string, () => unknown]>([
  ['10,000 items', () => withItems(...Array.from({ length: 10_000 }, () => port({})))],
  [
    '200,000 unknown properties',
    () =>
      withItems({
        ...image,
        ...Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`p${index}`, 1])),
      }),
  ],
  ['items nested deeply', () => withItems(JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`))],
  [
    '500 deep paths',
    () =>
      withItems(
        ...Array.from({ length: 499 }, (_, index) => file({ path: `${'/a'.repeat(2000)}/${index}` })),
      ),
  ],
  [
    'names that make patterns slow',
    () => withItems(...Array.from({ length: 499 }, () => alias({ name: `${'a-'.repeat(3000)}!` }))),
  ],
])('quickly checked: %s', (_, make) => {
  const data = make()
  const started = performance.now()
  const faults = faultsOf(data)
  expect(performance.now() - started).toBeLessThan(5000)
  expect(faults.length).toBeLessThan(1100)
})

test('what a form holds is returned without its absent properties', () => {
  const checked = checkDeploy(withItems(file({ key: undefined, name: undefined })), context)
  expect(checked.ok && Object.keys(checked.input.config[1] ?? {})).toEqual([
    'type',
    'path',
    'filename',
    'content',
  ])
})

test('one item can be checked by itself, with paths that begin at it', () => {
  expect(summary(checkItem(port({ port: 0 }), context))).toEqual(['port portNumber'])
  expect(checkItem(alias({}), context)).toEqual([])
})

test('a worker is given pins, and clear secrets that look like references to others', () => {
  const pinned = file({
    content: undefined,
    resourceType: 'documents',
    resourceName: 'x',
    contentSha256: 'a'.repeat(64),
  })
  expect(parseItem(pinned)).toEqual({ ok: true, item: pinned })
  expect(parseItem(variable({ value: '@secrets(a)', asSecret: true })).ok).toBe(true)
  expect(parseItem({ type: 'probe' })).toMatchObject({ ok: false, faults: [{ rule: 'knownType' }] })
})

test('library content and stored secrets count together with what is typed', () => {
  const config = [
    file({ content: 'a'.repeat(1000) }),
    file({ filename: 'b', content: undefined, resourceType: 'documents', resourceName: 'b' }),
    file({ path: '/other', dataSource: 'secret', content: { $secret: 'x' } }),
    variable({ value: { $secret: 'x' }, asSecret: true }),
    variable({ name: 'B', value: 'typed', asSecret: true }),
  ] as ConfigItem[]
  const stored = (bytes: number) => (index: number) => ([1, 2, 3].includes(index) ? bytes : 0)
  expect(checkStoredSizes(config, stored(mebibyte - 1000))).toEqual([])
  expect(summary(checkStoredSizes(config, stored(mebibyte)))).toEqual([
    'config[1].resourceName contentSize',
    'config[4].value variablesSize',
  ])
  expect(summary(checkStoredSizes(config, stored(mebibyte + 1)))).toEqual([
    'config[1].resourceName contentSize',
    'config[2].content contentSize',
    'config[3].value variablesSize',
  ])
})
