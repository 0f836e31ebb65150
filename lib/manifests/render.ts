import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { ConfigItem } from '#lib/domain/deploy-config/config.ts'
import type { KubernetesObject, Ownership } from '#lib/domain/kubernetes-object.ts'
import type { Numbering } from '#lib/domain/numbering.ts'
import { cutIntoObjects } from './cut-into-objects.ts'
import { emptyDraft, type RenderContext } from './draft.ts'
import { decodeContent, encodeText } from './encoding.ts'
import { renderItem } from './item-renderers.ts'

export interface RenderInput {
  ownership: Ownership
  installationName: string
  k8sNamespace: string
  revision: number
  /** Checked, secret values in clear. */
  config: readonly ConfigItem[]
  /** What `assignNumbers` gave for this config. */
  numbering: Numbering
  cluster: { ingressDefaultNode: string; ingressClassName: string | null }
  /** Library bytes, by their SHA-256 in lower-case hexadecimal. */
  contents: ReadonlyMap<string, Uint8Array>
  /** In place of the image's `replicaCount`: 0 for an installation that is shut down. */
  replicas?: number
  /** Lives in the cluster: without it nobody can guess a secret from the checksum. */
  checksumKey: Uint8Array
}

/**
 * The objects of an installation, in the order to apply: ConfigMaps, Secrets, Services, StatefulSet, Ingresses. The
 * same input gives the same bytes; another revision changes only `windlass.dev/revision`, never the pod template.
 */
export function renderInstallation(input: RenderInput): KubernetesObject[] {
  const context: RenderContext = {
    installationName: input.installationName,
    numbering: input.numbering,
    cluster: input.cluster,
    readContent(item) {
      if (item.content !== undefined) return { text: requireClear(item.content) }
      const bytes = input.contents.get(item.contentSha256 ?? '')
      if (!bytes) throw new Error(`The content of ${item.resourceType} '${item.resourceName}' was not given`)
      return decodeContent(bytes)
    },
    readSecret: (value) => encodeText(requireClear(value)),
    readText: requireClear,
  }
  const draft = emptyDraft()
  for (const item of input.config) renderItem(item, draft, context)
  if (input.replicas !== undefined) draft.replicaCount = input.replicas
  return cutIntoObjects(draft, {
    ...context,
    k8sNamespace: input.k8sNamespace,
    ownership: input.ownership,
    revision: input.revision,
    checksum: (text) => bytesToHex(hmac(sha256, input.checksumKey, utf8ToBytes(text))),
  })
}

function requireClear(value: string | { $secret: string }): string {
  if (typeof value === 'string') return value
  throw new Error('A secret value is still a reference; only the claim answer holds it in clear')
}
