import type { Container, Pod } from 'kubernetes-types/core/v1'
import { kindNamed } from './kinds.ts'
import type { Store } from './store.ts'
import { treeAt, type KubeObject } from './trees.ts'

interface Source {
  kind: 'ConfigMap' | 'Secret'
  name: string
  keys: string[]
}

function find(store: Store, pod: Pod, { kind, name }: Source): KubeObject | undefined {
  return store.get(kindNamed(kind), pod.metadata?.namespace, name)
}

function hasKey(object: KubeObject, key: string): boolean {
  return key in treeAt(object, 'data') || key in treeAt(object, 'binaryData')
}

/** What keeps a volume from being mounted, in the kubelet's words: a ConfigMap or Secret, or a key of it, that is not there. */
export function missingVolume(store: Store, pod: Pod): string | undefined {
  for (const volume of pod.spec?.volumes ?? []) {
    const sources: Source[] = []
    for (const { configMap, secret } of [volume, ...(volume.projected?.sources ?? [])]) {
      const keys = (items: { key: string }[] = []): string[] => items.map(({ key }) => key)
      if (configMap && !configMap.optional)
        sources.push({ kind: 'ConfigMap', name: configMap.name ?? '', keys: keys(configMap.items) })
      // A volume of a Secret names it `secretName`, a projected source names it `name`.
      const secretName =
        secret && ('secretName' in secret ? secret.secretName : (secret as { name?: string }).name)
      if (secret && !secret.optional)
        sources.push({ kind: 'Secret', name: secretName ?? '', keys: keys(secret.items) })
    }
    for (const source of sources) {
      const object = find(store, pod, source)
      const failed = `MountVolume.SetUp failed for volume "${volume.name}" : `
      if (!object) return `${failed}${source.kind.toLowerCase()} "${source.name}" not found`
      const key = source.keys.find((one) => !hasKey(object, one))
      if (key !== undefined)
        return `${failed}references non-existent ${source.kind === 'Secret' ? 'secret' : 'config'} key: ${key}`
    }
  }
  return undefined
}

/** Which pull secrets are missing, in the kubelet's words: it says so and pulls without them. */
export function missingPullSecrets(store: Store, pod: Pod): string | undefined {
  const names = (pod.spec?.imagePullSecrets ?? []).map(({ name = '' }) => name)
  const lost = names.filter((name) => !find(store, pod, { kind: 'Secret', name, keys: [] }))
  if (lost.length === 0) return undefined
  return `Unable to retrieve some image pull secrets (${lost.join(', ')}); attempting to pull the image may not succeed.`
}

/** What keeps a container from being created: a ConfigMap or Secret, or a key of it, that its environment needs. */
export function missingReference(store: Store, pod: Pod, container: Container): string | undefined {
  const sources: Source[] = []
  for (const { valueFrom } of container.env ?? []) {
    const { configMapKeyRef: map, secretKeyRef: secret } = valueFrom ?? {}
    if (map && !map.optional) sources.push({ kind: 'ConfigMap', name: map.name ?? '', keys: [map.key] })
    if (secret && !secret.optional)
      sources.push({ kind: 'Secret', name: secret.name ?? '', keys: [secret.key] })
  }
  for (const { configMapRef: map, secretRef: secret } of container.envFrom ?? []) {
    if (map && !map.optional) sources.push({ kind: 'ConfigMap', name: map.name ?? '', keys: [] })
    if (secret && !secret.optional) sources.push({ kind: 'Secret', name: secret.name ?? '', keys: [] })
  }
  for (const source of sources) {
    const object = find(store, pod, source)
    if (!object) return `${source.kind.toLowerCase()} "${source.name}" not found`
    const key = source.keys.find((one) => !hasKey(object, one))
    if (key !== undefined)
      return `couldn't find key ${key} in ${source.kind} ${pod.metadata?.namespace}/${source.name}`
  }
  return undefined
}
