import type { KubernetesObject } from '#lib/domain/kubernetes-object.ts'

/** Every kind this worker reads or writes; a role for it can be read off this table. */
export const kinds = {
  ConfigMap: { apiVersion: 'v1', plural: 'configmaps' },
  Secret: { apiVersion: 'v1', plural: 'secrets' },
  Service: { apiVersion: 'v1', plural: 'services' },
  PersistentVolumeClaim: { apiVersion: 'v1', plural: 'persistentvolumeclaims' },
  Ingress: { apiVersion: 'networking.k8s.io/v1', plural: 'ingresses' },
  StatefulSet: { apiVersion: 'apps/v1', plural: 'statefulsets' },
  Pod: { apiVersion: 'v1', plural: 'pods' },
  Event: { apiVersion: 'v1', plural: 'events' },
} as const

export type Kind = keyof typeof kinds

/** What a deploy generates; pods and events are only read (pods of a stuck rollout are deleted too). */
export const generatedKinds = [
  'ConfigMap',
  'Secret',
  'Service',
  'PersistentVolumeClaim',
  'Ingress',
  'StatefulSet',
] as const satisfies readonly Kind[]

export interface ObjectAddress {
  kind: Kind
  namespace: string
  name: string
}

export function isKind(kind: string): kind is Kind {
  return Object.hasOwn(kinds, kind)
}

export function pathOf(kind: Kind, namespace: string, name?: string): string {
  const { apiVersion, plural } = kinds[kind]
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const folder = `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}`
  return name === undefined ? folder : `${folder}/${encodeURIComponent(name)}`
}

/** As people write it: `StatefulSet jdbc`. Also the key objects are found by. */
export function label(object: { kind: string; name: string } | KubernetesObject): string {
  const name = 'metadata' in object ? object.metadata.name : object.name
  return `${object.kind} ${name}`
}
