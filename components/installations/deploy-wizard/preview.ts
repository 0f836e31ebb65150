import { stringify } from 'yaml'
import type { ConfigItem, DeployInput } from '#lib/domain/deploy-config/config.ts'
import { checksumAnnotation, type KubernetesObject } from '#lib/domain/kubernetes-object.ts'
import type { Numbering } from '#lib/domain/numbering.ts'
import { renderInstallation } from '#lib/manifests/render.ts'

export interface PreviewCluster {
  ingressDefaultNode: string
  ingressClassName: string | null
}

export interface PreviewObject {
  kind: string
  name: string
  yaml: string
}

const known = { later: 'set when it is applied', kept: 'kept secret value', typed: 'new secret value' }

/**
 * The objects the worker would create, as YAML, by the very functions it uses. What only the cluster or the console
 * knows stands in angle brackets: ids, checksums, bytes of the library, and every secret.
 */
export function previewObjects(
  input: Omit<DeployInput, 'revision'>,
  { cluster, numbering, revision }: { cluster: PreviewCluster; numbering: Numbering; revision: number },
): PreviewObject[] {
  const contents = new Map<string, Uint8Array>()
  const objects = renderInstallation({
    ownership: {
      consoleId: bracket(known.later),
      namespaceId: bracket(known.later),
      clusterId: bracket(known.later),
      installationId: bracket(known.later),
    },
    installationName: input.name,
    k8sNamespace: input.k8sNamespace,
    revision,
    config: input.config.map((item) => hideValues(item, contents)),
    numbering,
    cluster,
    contents,
    checksumKey: new Uint8Array(32),
  })
  return objects.map((object) => ({
    kind: object.kind,
    name: object.metadata.name,
    yaml: stringify(uncover(object), { lineWidth: 0 }),
  }))
}

const bracket = (text: string) => `<${text}>`

/** No secret gets as far as the renderer; library bytes are in the console, so their name stands for them. */
function hideValues(item: ConfigItem, contents: Map<string, Uint8Array>): ConfigItem {
  if (item.type === 'environmentVariable' && item.value !== undefined) {
    const isSecret = item.asSecret === true || typeof item.value === 'object'
    return isSecret ? { ...item, value: hidden(item.value) } : item
  }
  if (item.type !== 'file') return item
  if (item.content !== undefined && (item.dataSource === 'secret' || typeof item.content === 'object')) {
    return { ...item, content: hidden(item.content) }
  }
  if (item.resourceName === undefined) return item
  const name = `${item.resourceType}/${item.resourceName}`
  contents.set(name, new TextEncoder().encode(bracket(`content of ${name}`)))
  return { ...item, contentSha256: name }
}

const hidden = (value: string | { $secret: string }) =>
  bracket(typeof value === 'object' ? known.kept : known.typed)

/** A Secret's data in words in place of base64, and no checksum that would not be true. */
function uncover(object: KubernetesObject): KubernetesObject {
  const shown = structuredClone(object)
  if (shown.kind === 'Secret' && shown['data']) {
    shown['data'] = Object.fromEntries(
      Object.entries(shown['data'] as Record<string, string>).map(([key, value]) => [key, readBase64(value)]),
    )
  }
  replaceEverywhere(shown, checksumAnnotation, bracket(known.later))
  return shown
}

function readBase64(value: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(value), (character) => character.charCodeAt(0)))
}

function replaceEverywhere(part: unknown, key: string, value: string): void {
  if (typeof part !== 'object' || part === null) return
  for (const [name, inner] of Object.entries(part)) {
    if (name === key) (part as Record<string, unknown>)[name] = value
    else replaceEverywhere(inner, key, value)
  }
}

/** All objects in one document, for comparing. */
export const joinObjects = (objects: readonly PreviewObject[]): string =>
  objects.map(({ yaml }) => yaml).join('---\n')
