import { expect, test } from 'vitest'
import { formatFaultPath, type Fault } from '../errors.ts'
import { checkItem, parseItem } from './check-config.ts'
import { checkDeploy } from './check-deploy.ts'
import { checkContentSizes } from './items/file.ts'

const context = { ingressDefaultNode: 'vantiq-minikube-node' }
const image = { type: 'image', name: 'quay.io/vantiq/jdbc:1.0' }
const valid = { name: 'jdbc', k8sNamespace: 'default', config: [image] }
const mebibyte = 1_048_576

const file = (given: object) => ({ type: 'file', path: '/app/conf', filename: 'a', content: 'x', ...given })
const port = (given: object) => ({ type: 'inboundPort', port: 80, protocol: 'UDP', ...given })
const variable = (given: object) => ({ type: 'environmentVariable', name: 'A', value: 'x', ...given })
const alias = (given: object) => ({ type: 'hostAlias', name: 'dbnode', hostIP: '10.0.0.1', ...given })

function faultsOf(data: unknown): Fault[] {
  const checked = checkDeploy(data, context)
  return checked.ok ? [] : checked.faults
}

const summary = (faults: Fault[]) => faults.map(({ path, rule }) => `${formatFaultPath(path)} ${rule}`)
const withItems = (...items: unknown[]) => ({ ...valid, config: [image, ...items] })

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

const twoSources = { name: 'cm', key: 'k' }

test.each<[string, unknown[], string[]]>([
  ['no object', ['text'], ['config[1] type']],
  ['a list', [[]], ['config[1] type']],
  ['no type', [{}], ['config[1].type required']],
  ['an unknown type', [{ type: 'toString' }], ['config[1].type knownType']],
  ['a type of a later version', [{ type: 'probe' }], ['config[1].type knownType']],
  ['two images', [image], ['config[1].type exactlyOne']],
  ['an unknown property', [variable({ vaule: 'x' })], ['config[1].vaule knownProperty']],
  ['a property of a later version', [file({ treatAsText: true })], ['config[1].treatAsText knownProperty']],
  ['a pin', [file({ contentSha256: 'a'.repeat(64) })], ['config[1].contentSha256 knownProperty']],
  ['nothing required', [{ type: 'inboundPort' }], ['config[1].port required', 'config[1].protocol required']],
  ['null', [alias({ hostIP: null })], ['config[1].hostIP type']],

  ['a relative path', [file({ path: 'app' })], ['config[1].path mountPath']],
  ['an empty path', [file({ path: '' })], ['config[1].path mountPath']],
  ['the root', [file({ path: '/' })], ['config[1].path mountPath']],
  ['/proc', [file({ path: '/proc' })], ['config[1].path mountPath']],
  ['inside /sys', [file({ path: '/sys/fs' })], ['config[1].path mountPath']],
  ['/dev', [file({ path: '/dev' })], ['config[1].path mountPath']],
  ['a path with ..', [file({ path: '/app/../etc' })], ['config[1].path mountPath']],
  ['a path with .', [file({ path: '/app/.' })], ['config[1].path mountPath']],
  ['a path with //', [file({ path: '/app//x' })], ['config[1].path mountPath']],
  ['a path with / at its end', [file({ path: '/app/' })], ['config[1].path mountPath']],
  ['a path with :', [file({ path: '/app:ro' })], ['config[1].path mountPath']],
  ['a path with a control character', [file({ path: '/a\nb' })], ['config[1].path mountPath']],
  ['a long path', [file({ path: `/${'a'.repeat(4096)}` })], ['config[1].path mountPath']],
  ['a file name with a folder', [file({ filename: 'a/b' })], ['config[1].filename filename']],
  ['a file name ..', [file({ filename: '..a' })], ['config[1].filename filename']],
  ['a file name .', [file({ filename: '.' })], ['config[1].filename filename']],
  ['a long file name', [file({ filename: 'ä'.repeat(128) })], ['config[1].filename filename']],
  ['an empty file name', [file({ filename: '' })], ['config[1].filename filename']],
  ['no file name', [file({ filename: undefined })], ['config[1].filename required']],
  ['no source', [file({ content: undefined })], ['config[1].content fileSource']],
  [
    'two sources',
    [file(twoSources)],
    ['config[1].name mutuallyExclusive', 'config[1].key mutuallyExclusive'],
  ],
  [
    'content and half another source',
    [file({ name: 'cm' })],
    ['config[1].name mutuallyExclusive', 'config[1].key required'],
  ],
  [
    'three sources',
    [file({ ...twoSources, resourceType: 'documents', resourceName: 'x' })],
    ['name', 'key', 'resourceType', 'resourceName'].map((name) => `config[1].${name} mutuallyExclusive`),
  ],
  ['half a source', [file({ content: undefined, key: 'k' })], ['config[1].name required']],
  [
    'half a library item',
    [file({ content: undefined, resourceType: 'videos' })],
    ['config[1].resourceName required'],
  ],
  [
    'another library',
    [file({ content: undefined, resourceType: 'audio', resourceName: 'x' })],
    ['config[1].resourceType oneOf'],
  ],
  [
    'a library name with ..',
    [file({ content: undefined, resourceType: 'images', resourceName: 'a/../b' })],
    ['config[1].resourceName libraryName'],
  ],
  [
    'a library name that gives no file name',
    [file({ filename: undefined, content: undefined, resourceType: 'images', resourceName: 'a/..b' })],
    ['config[1].filename filename'],
  ],
  [
    'an illegal ConfigMap',
    [file({ content: undefined, name: 'A', key: 'a b' })],
    ['config[1].name dns1123Subdomain', 'config[1].key configMapKey'],
  ],
  ['another data source', [file({ dataSource: 'Secret' })], ['config[1].dataSource oneOf']],
  ['a NUL in content', [file({ content: 'a\0b' })], ['config[1].content storableText']],
  ['half a character in content', [file({ content: 'a\ud800' })], ['config[1].content storableText']],
  ['content that is no text', [file({ content: 7 })], ['config[1].content type']],
  [
    'a reference outside a secret',
    [file({ content: { $secret: 'x' } })],
    ['config[1].content secretReference'],
  ],
  [
    'no reference',
    [file({ dataSource: 'secret', content: { $secret: 'a b' } })],
    ['config[1].content.$secret secretReference'],
  ],
  ['two files of one name', [file({}), file({ dataSource: 'secret' })], ['config[2].filename duplicateFile']],
  [
    'two files of one name, one named by the library',
    [
      file({}),
      file({ filename: undefined, content: undefined, resourceType: 'images', resourceName: 'x/a' }),
    ],
    ['config[2].resourceName duplicateFile'],
  ],
  [
    'a file where another has its folder',
    [file({}), file({ path: '/app/conf/a' })],
    ['config[1].filename fileIsFolder'],
  ],
  [
    'a file above the folder of another',
    [file({}), file({ path: '/app/conf/a/b/c' })],
    ['config[1].filename fileIsFolder'],
  ],
  [
    'more than a mebibyte at a path',
    [file({ content: 'a'.repeat(mebibyte) }), file({ filename: 'b' }), file({ filename: 'c' })],
    ['config[2].content contentSize'],
  ],

  ['port 0', [port({ port: 0 })], ['config[1].port portNumber']],
  ['port 65536', [port({ port: 65_536 })], ['config[1].port portNumber']],
  ['half a port', [port({ port: 80.5 })], ['config[1].port portNumber']],
  ['a port as text', [port({ port: '80' })], ['config[1].port type']],
  ['another protocol', [port({ protocol: 'tcp' })], ['config[1].protocol oneOf']],
  ['a host in upper case', [port({ host: 'Node' })], ['config[1].host ingressHost']],
  ['a host that is an IP', [port({ host: '10.0.0.1' })], ['config[1].host ingressHost']],
  ['a wildcard in the middle', [port({ host: 'a.*.com' })], ['config[1].host ingressHost']],
  ['a long port name', [port({ portName: 'a'.repeat(16) })], ['config[1].portName ianaServiceName']],
  ['a port name of digits', [port({ portName: '80' })], ['config[1].portName ianaServiceName']],
  ['another Service type', [port({ serviceType: 'ExternalName' })], ['config[1].serviceType oneOf']],
  ['a Service name that is no label', [port({ serviceName: '1a' })], ['config[1].serviceName dns1035Label']],
  [
    'the name of the headless Service',
    [port({ serviceName: 'vantiq-jdbc-headless' })],
    ['config[1].serviceName reservedName'],
  ],
  [
    'a name to be generated',
    [port({ serviceName: 'vantiq-jdbc-service-7' })],
    ['config[1].serviceName reservedName'],
  ],
  ['no cluster IP', [port({ clusterIP: 'none' })], ['config[1].clusterIP clusterIP']],
  ['None with a NodePort', [port({ clusterIP: 'None' })], ['config[1].clusterIP clusterIPNone']],
  [
    'None with a load balancer',
    [port({ clusterIP: 'None', serviceType: 'LoadBalancer' })],
    ['config[1].clusterIP clusterIPNone'],
  ],
  ['one port twice', [port({}), port({ portName: 'other' })], ['config[2].port duplicatePort']],
  [
    'one port name twice',
    [port({ portName: 'a' }), port({ port: 81, portName: 'a' })],
    ['config[2].portName duplicatePortName'],
  ],
  [
    'the name another port gets',
    [port({}), port({ port: 81, portName: 'udp-80' })],
    ['config[2].portName duplicatePortName'],
  ],
  [
    'one Service name twice',
    [port({ serviceName: 'a' }), port({ port: 81, serviceName: 'a' })],
    ['config[2].serviceName duplicateServiceName'],
  ],
  [
    'one address twice',
    [port({ clusterIP: '::1' }), port({ port: 81, clusterIP: '0::1' })],
    ['config[2].clusterIP duplicateClusterIP'],
  ],
  [
    'two TCP ports with the default host',
    [port({ protocol: 'TCP' }), port({ protocol: 'TCP', port: 81 })],
    ['config[2].host duplicateHost'],
  ],
  [
    'a TCP port with the default host in words',
    [port({ protocol: 'TCP' }), port({ protocol: 'TCP', port: 81, host: 'vantiq-minikube-node' })],
    ['config[2].host duplicateHost'],
  ],

  [
    'a variable that begins with a digit',
    [variable({ name: '1A' })],
    ['config[1].name environmentVariableName'],
  ],
  ['no value', [variable({ value: undefined })], ['config[1].value required']],
  ['a value that is no text', [variable({ value: 5 })], ['config[1].value type']],
  ['asSecret as text', [variable({ asSecret: 'true' })], ['config[1].asSecret type']],
  [
    'a value and an existing Secret',
    [variable({ asSecret: true, secretName: 's', key: 'k' })],
    ['config[1].value mutuallyExclusive', 'config[1].asSecret mutuallyExclusive'],
  ],
  ['half an existing Secret', [variable({ value: undefined, secretName: 's' })], ['config[1].key required']],
  ['the other half', [variable({ value: undefined, key: 'k' })], ['config[1].secretName required']],
  ['a NUL in a value', [variable({ value: '\0' })], ['config[1].value storableText']],
  [
    'a reference without asSecret',
    [variable({ value: { $secret: 'x' } })],
    ['config[1].value secretReference'],
  ],
  ['a secret that does not exist', [variable({ value: '@secrets(Name)' })], ['config[1].value secretExists']],
  ['one variable twice', [variable({}), variable({ value: 'y' })], ['config[2].name duplicateVariable']],
  [
    'variables of more than a mebibyte',
    [
      variable({ value: 'a'.repeat(mebibyte) }),
      variable({ name: 'B' }),
      variable({ name: 'C', asSecret: true }),
    ],
    ['config[2].value variablesSize'],
  ],

  ['a host name in upper case', [alias({ name: 'DbNode' })], ['config[1].name dns1123Subdomain']],
  ['an IP with leading zeros', [alias({ hostIP: '010.0.0.1' })], ['config[1].hostIP ipAddress']],
  ['an IP with a zone', [alias({ hostIP: 'fe80::1%eth0' })], ['config[1].hostIP ipAddress']],
  ['two IPs of one host', [alias({}), alias({ hostIP: '10.0.0.2' })], ['config[2].hostIP hostAliasOneIP']],
])('refused: %s', (_, items, expected) => {
  expect(summary(faultsOf(withItems(...items)))).toEqual(expected)
})

test.each<[object, string]>([
  [{ name: 'Quay.io/App' }, 'name imageReference'],
  [{ name: undefined }, 'name required'],
  [{ imagePullSecret: 'A' }, 'imagePullSecret dns1123Subdomain'],
  [{ imagePullSecret: '' }, 'imagePullSecret dns1123Subdomain'],
  [{ serviceAccount: 'a_b' }, 'serviceAccount dns1123Subdomain'],
  [{ replicaCount: -1 }, 'replicaCount replicaCount'],
  [{ replicaCount: 2_147_483_648 }, 'replicaCount replicaCount'],
  [{ replicaCount: '1' }, 'replicaCount type'],
  [{ pullPolicy: 'always' }, 'pullPolicy oneOf'],
])('refused, of an image: %j', (given, expected) => {
  expect(summary(faultsOf({ ...valid, config: [{ ...image, ...given }] }))).toEqual([`config[0].${expected}`])
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
  file({ content: 'hunter2', dataSource: 'sekret', name: 'a', key: 'k' }),
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
    '4 MiB of unknown properties',
    () => withItems(Object.fromEntries(Array.from({ length: 300_000 }, (_, index) => [`p${index}`, 1]))),
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
  expect(performance.now() - started).toBeLessThan(1500)
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

test('library content counts together with typed content', () => {
  const config = [
    file({ content: 'a'.repeat(1000) }),
    file({ filename: 'b', content: undefined, resourceType: 'documents', resourceName: 'b' }),
    file({ path: '/other', filename: 'c', content: undefined, resourceType: 'documents', resourceName: 'c' }),
  ]
  expect(checkContentSizes(config, () => mebibyte - 1000)).toEqual([])
  expect(summary(checkContentSizes(config, () => mebibyte - 999))).toEqual([
    'config[1].resourceName contentSize',
  ])
})
