import { expect } from 'vitest'
import type { ConfigItem } from '#lib/domain/deploy-config/config.ts'
import type { KubernetesObject } from '#lib/domain/kubernetes-object.ts'
import { emptyNumbering } from '#lib/domain/numbering.ts'
import { assignNumbers } from '../number.ts'
import { renderInstallation, type RenderInput } from '../render.ts'
import { describeSchemaFaults } from './describe-schema-faults.ts'

export const image = { type: 'image' as const, name: 'quay.io/vantiq/jdbc:1.0' }
export const labels = {
  'app.kubernetes.io/managed-by': 'windlass',
  'app.kubernetes.io/name': 'jdbc',
  'app.kubernetes.io/instance': 'jdbc',
  'windlass.dev/console': 'console-id',
  'windlass.dev/namespace': 'namespace-id',
  'windlass.dev/cluster': 'cluster-id',
  'windlass.dev/installation': 'installation-id',
}
export const selector = {
  'app.kubernetes.io/name': 'jdbc',
  'app.kubernetes.io/instance': 'jdbc',
  'windlass.dev/installation': 'installation-id',
}
export const metadata = (name: string) => ({
  name,
  namespace: 'default',
  labels,
  annotations: { 'windlass.dev/revision': '3' },
})

export function render(items: ConfigItem[], more: Partial<RenderInput> = {}): KubernetesObject[] {
  const config = [image, ...items]
  const objects = renderInstallation({
    ownership: {
      consoleId: 'console-id',
      namespaceId: 'namespace-id',
      clusterId: 'cluster-id',
      installationId: 'installation-id',
    },
    installationName: 'jdbc',
    k8sNamespace: 'default',
    revision: 3,
    config,
    numbering: assignNumbers(config, emptyNumbering),
    cluster: { ingressDefaultNode: 'vantiq-minikube-node', ingressClassName: null },
    contents: new Map(),
    checksumKey: new Uint8Array(32),
    ...more,
  })
  expect(objects.flatMap(describeSchemaFaults)).toEqual([])
  return objects
}

interface PodTemplate {
  metadata: { annotations?: Record<string, string> }
  spec: { containers: [Record<string, unknown>]; [field: string]: unknown }
}

export function find(objects: KubernetesObject[], kind: string, name: string): KubernetesObject {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name)
  if (!found) throw new Error(`no ${kind} ${name} among ${namesOf(objects).join(', ')}`)
  return found
}

export const namesOf = (objects: KubernetesObject[]) =>
  objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)
export const podOf = (objects: KubernetesObject[]) =>
  (find(objects, 'StatefulSet', 'jdbc')['spec'] as { template: PodTemplate }).template
export const containerOf = (objects: KubernetesObject[]) => podOf(objects).spec.containers[0]
export const checksumOf = (objects: KubernetesObject[]) =>
  podOf(objects).metadata.annotations?.['windlass.dev/checksum']
export const sourcesOf = (objects: KubernetesObject[]) =>
  (podOf(objects).spec['volumes'] as { projected: { sources: unknown[] } }[]).map(
    ({ projected }) => projected.sources,
  )

export const base64 = (text: string) => Buffer.from(text).toString('base64')
