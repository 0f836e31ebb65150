import { StatefulSet } from 'kubernetes-models/apps/v1'
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1'
import { ConfigMap, Secret, Service } from 'kubernetes-models/v1'
import type { KubernetesObject } from '#lib/domain/kubernetes-object.ts'

const models = {
  'v1 ConfigMap': ConfigMap,
  'v1 Secret': Secret,
  'v1 Service': Service,
  'apps/v1 StatefulSet': StatefulSet,
  'networking.k8s.io/v1 Ingress': Ingress,
}

/** The keys by which server-side apply merges lists; two entries with the same key are refused. */
const keysOfList: Record<string, string[]> = {
  containers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  hostAliases: ['ip'],
  imagePullSecrets: ['name'],
  'container ports': ['containerPort', 'protocol'],
  'service ports': ['port', 'protocol'],
}

/**
 * What Kubernetes' published schemas refuse in an object, unknown fields and duplicate keys included; empty when it
 * is valid. The validators of kubernetes-models pass over fields they do not know, so it is watched which ones they read.
 */
export function describeSchemaFaults(object: KubernetesObject): string[] {
  const Model = models[`${object.apiVersion} ${object.kind}` as keyof typeof models]
  if (!Model) return [`${object.apiVersion} ${object.kind} is no kind that we make`]
  const read = new Map<object, Set<string>>()
  const faults: string[] = []
  try {
    Model.prototype.validate.call(watchReads(object, read) as never)
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error))
  }
  return [...faults, ...unreadFields(object, read, object.kind), ...duplicateKeys(object, object.kind)]
}

function watchReads(value: object, read: Map<object, Set<string>>): object {
  const seen = new Set<string>()
  read.set(value, seen)
  return new Proxy(value, {
    get(target, property) {
      const inner: unknown = Reflect.get(target, property)
      if (typeof property === 'string') seen.add(property)
      return typeof inner === 'object' && inner !== null ? watchReads(inner, read) : inner
    },
  })
}

function unreadFields(value: unknown, read: Map<object, Set<string>>, path: string): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    read.get(value)?.has(key)
      ? unreadFields(inner, read, `${path}.${key}`)
      : [`${path}.${key} is not in the schema`],
  )
}

function duplicateKeys(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, inner]: [string, unknown]) => {
    const below = duplicateKeys(inner, `${path}.${field}`)
    const kind = path.startsWith('Service') ? 'service' : 'container'
    const keys = keysOfList[field === 'ports' ? `${kind} ports` : field]
    if (!Array.isArray(inner) || !keys) return below
    const found = inner.map((entry: Record<string, unknown>) => JSON.stringify(keys.map((key) => entry[key])))
    const twice = found.filter((key, index) => found.indexOf(key) !== index)
    return [...below, ...twice.map((key) => `${path}.${field} has ${key} twice`)]
  })
}
