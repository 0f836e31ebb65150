import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ConfigItem } from '#lib/domain/deploy-config/config.ts'
import { describeNameFault, nameRules } from '#lib/domain/kubernetes-names.ts'
import { emptyNumbering } from '#lib/domain/numbering.ts'
import { assignNumbers } from './number.ts'
import { renderPreview } from './preview.ts'
import { renderInstallation } from './render.ts'
import { arbitraryConfig, arbitraryName, secretMarker } from './testing/arbitrary-configs.ts'
import { describeSchemaFaults } from './testing/describe-schema-faults.ts'

const cluster = { ingressDefaultNode: 'node', ingressClassName: 'nginx' }
const contents = new Map([
  ['a'.repeat(64), new Uint8Array([0xff, 0xfe])],
  ['b'.repeat(64), new Uint8Array([0x61])],
])

function render(installationName: string, config: readonly ConfigItem[], revision = 1) {
  return renderInstallation({
    ownership: { consoleId: 'c', namespaceId: 'n', clusterId: 'k', installationId: 'i' },
    installationName,
    k8sNamespace: 'default',
    revision,
    config,
    numbering: assignNumbers(config, emptyNumbering),
    cluster,
    contents,
    checksumKey: new Uint8Array(32),
  })
}

test('any valid config renders into objects that Kubernetes takes, under names that are legal and unique', () => {
  fc.assert(
    fc.property(arbitraryName, arbitraryConfig, (name, config) => {
      const objects = render(name, config)
      expect(objects.flatMap(describeSchemaFaults)).toEqual([])
      const names = objects.map((object) => `${object.kind} ${object.metadata.name}`)
      expect(new Set(names).size).toBe(names.length)
      for (const object of objects) {
        const rule = object.kind === 'Service' ? nameRules.dns1035Label : nameRules.dns1123Subdomain
        expect(describeNameFault(object.metadata.name, rule)).toBeUndefined()
      }
    }),
  )
})

test('rendering is deterministic and leaves its input as it was', () => {
  fc.assert(
    fc.property(arbitraryName, arbitraryConfig, (name, config) => {
      const before = JSON.stringify(config)
      const copy = JSON.parse(before) as ConfigItem[]
      expect(JSON.stringify(render(name, config))).toBe(JSON.stringify(render(name, copy)))
      expect(JSON.stringify(config)).toBe(before)
    }),
    { numRuns: 40 },
  )
})

test('secret values are in Secrets alone, and in no preview', () => {
  const encoded = Buffer.from(secretMarker).toString('base64').slice(0, 8)
  fc.assert(
    fc.property(arbitraryName, arbitraryConfig, (name, config) => {
      for (const object of render(name, config)) {
        if (object.kind === 'Secret') continue
        expect(JSON.stringify(object)).not.toContain(secretMarker)
        expect(JSON.stringify(object)).not.toContain(encoded)
      }
      const preview = JSON.stringify(
        renderPreview({ installationName: name, k8sNamespace: 'x', config, cluster }),
      )
      expect(preview).not.toContain(secretMarker)
      expect(preview).not.toContain(encoded)
    }),
    { numRuns: 40 },
  )
})

test('numbers are kept through every update and never given twice', () => {
  fc.assert(
    fc.property(fc.array(arbitraryConfig, { minLength: 2, maxLength: 4 }), (configs) => {
      let numbering = emptyNumbering
      for (const config of configs) {
        const next = assignNumbers(config, numbering)
        for (const component of ['configMaps', 'secrets', 'services', 'ingresses'] as const) {
          expect(next[component]).toMatchObject(numbering[component])
          const numbers = Object.values(next[component]).toSorted((a, b) => a - b)
          expect(numbers).toEqual(numbers.map((_, index) => index))
        }
        numbering = next
      }
    }),
    { numRuns: 40 },
  )
})
