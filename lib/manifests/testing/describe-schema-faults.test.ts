import { expect, test } from 'vitest'
import type { KubernetesObject } from '#lib/domain/kubernetes-object.ts'
import { describeSchemaFaults } from './describe-schema-faults.ts'

const service = (spec: object): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'a', labels: { any: 'key' }, annotations: { any: 'key' } },
  spec,
})

test('a valid object has no fault', () => {
  const spec = {
    selector: { any: 'key' },
    ports: [
      { port: 80, targetPort: 'http' },
      { port: 80, protocol: 'UDP' },
    ],
  }
  expect(describeSchemaFaults(service(spec))).toEqual([])
})

test.each([
  [{ ports: [{ port: '80' }] }, 'data/spec/ports/0/port must be integer'],
  [{ ports: [{ port: 80, prot: 'TCP' }] }, 'Service.spec.ports.0.prot is not in the schema'],
  [{ clusterIp: 'None' }, 'Service.spec.clusterIp is not in the schema'],
  [{ ports: [{ port: 80 }, { port: 80 }] }, 'Service.spec.ports has [80,null] twice'],
])('%j is refused', (spec, fault) => {
  expect(describeSchemaFaults(service(spec))).toEqual([fault])
})

test('a kind that the product does not make is refused', () => {
  expect(describeSchemaFaults({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } })).toEqual([
    'v1 Pod is no kind that we make',
  ])
})
