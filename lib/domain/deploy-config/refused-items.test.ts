import { expect, test } from 'vitest'
import {
  alias,
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
