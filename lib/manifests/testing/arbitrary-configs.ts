import * as fc from 'fast-check'
import { checkDeploy } from '#lib/domain/deploy-config/check-deploy.ts'
import type { ConfigItem } from '#lib/domain/deploy-config/config.ts'

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/)
const subdomain = fc.stringMatching(/^[a-z0-9]{1,8}(\.[a-z0-9]{1,8}){0,2}$/)
const key = fc.stringMatching(/^[-_a-zA-Z0-9][-._a-zA-Z0-9]{0,8}$/)
const filename = fc.oneof(
  key,
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((name) => !/[/\p{Cc}]|^\./u.test(name)),
)
const path = fc.constantFrom('/app', '/app/conf', '/data', '/opt/x y', '/etc/ä')

/** Begins every secret that a config of `arbitraryConfig` holds, and nothing else. */
export const secretMarker = 'hunter2-'
const secret = fc.string({ maxLength: 20 }).map((text) => `${secretMarker}${text.replaceAll('\0', '')}`)
const text = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((value) => !value.includes('\0'))

const image = fc.record(
  {
    type: fc.constant('image' as const),
    name: fc.constantFrom('nginx', 'quay.io/vantiq/jdbc:1.0', `app@sha256:${'0'.repeat(64)}`),
    imagePullSecret: subdomain,
    serviceAccount: subdomain,
    replicaCount: fc.integer({ min: 0, max: 5 }),
    pullPolicy: fc.constantFrom('IfNotPresent' as const, 'Always' as const, 'Never' as const),
  },
  { requiredKeys: ['type', 'name'] },
)

const file = fc
  .record({
    base: fc.record({ type: fc.constant('file' as const), path, filename }),
    source: fc.oneof(
      fc.record({ content: text }),
      fc.record({ content: secret, dataSource: fc.constant('secret' as const) }),
      fc.record({
        name: subdomain,
        key,
        dataSource: fc.constantFrom('configMap' as const, 'secret' as const),
      }),
      fc.record({
        resourceType: fc.constantFrom('documents' as const, 'images' as const),
        resourceName: key,
        contentSha256: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
        dataSource: fc.constantFrom('configMap' as const, 'secret' as const),
      }),
    ),
  })
  .map(({ base, source }) => ({ ...base, ...source }))

const inboundPort = fc.record(
  {
    type: fc.constant('inboundPort' as const),
    port: fc.integer({ min: 1, max: 65_535 }),
    protocol: fc.constantFrom('TCP' as const, 'UDP' as const),
    host: subdomain.filter((host) => /[a-z]/.test(host)),
    portName: label,
    serviceType: fc.constantFrom('NodePort' as const, 'ClusterIP' as const, 'LoadBalancer' as const),
    serviceName: label,
  },
  { requiredKeys: ['type', 'port', 'protocol'] },
)

const environmentVariable = fc
  .record({
    base: fc.record({ type: fc.constant('environmentVariable' as const), name: key }),
    source: fc.oneof(
      fc.record({ value: text }),
      fc.record({ value: secret, asSecret: fc.constant(true) }),
      fc.record({ secretName: subdomain, key }),
    ),
  })
  .map(({ base, source }) => ({ ...base, ...source }))

const hostAlias = fc.record({
  type: fc.constant('hostAlias' as const),
  name: subdomain,
  hostIP: fc.oneof(fc.constant('10.0.0.1'), fc.ipV4(), fc.ipV6()),
})

export const arbitraryName = fc
  .stringMatching(/^[a-z]([a-z0-9-]{0,43}[a-z0-9])?$/)
  .filter((name) => name !== 'new')

/** Any config that a deploy accepts: items that would be refused beside those before them are left out. */
export const arbitraryConfig = fc
  .tuple(image, fc.array(fc.oneof(file, inboundPort, environmentVariable, hostAlias), { maxLength: 12 }))
  .map(([first, others]) => {
    const config: ConfigItem[] = [first]
    for (const item of others) {
      // Keys that are no names of variables, say, are found wrong by the check itself.
      if (isAccepted([...config, item])) config.push(item)
    }
    return config
  })

function isAccepted(config: ConfigItem[]): boolean {
  const asGiven = config.map((item) => (item.type === 'file' ? { ...item, contentSha256: undefined } : item))
  const data = { name: 'any', k8sNamespace: 'default', config: asGiven }
  return checkDeploy(data, { ingressDefaultNode: 'node' }).ok
}
