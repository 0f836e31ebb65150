import type { Container, PodSpec, ServicePort } from 'kubernetes-types/core/v1'
import type { FileItem } from '#lib/domain/deploy-config/items/file.ts'
import type { InboundPortItem } from '#lib/domain/deploy-config/items/inbound-port.ts'
import type { SecretReference } from '#lib/domain/deploy-config/secret-reference.ts'
import type { Numbering } from '#lib/domain/numbering.ts'

/** Bytes that a generated ConfigMap or Secret holds: text as it is, anything else in base64. */
export type Content = { text: string } | { base64: string }

/** What renderers are told besides their item. How secrets and library content read differs between worker and preview. */
export interface RenderContext {
  installationName: string
  numbering: Numbering
  cluster: { ingressDefaultNode: string; ingressClassName: string | null }
  readContent(item: FileItem): Content
  /** The value as it stands in a Secret's `data`. */
  readSecret(value: string | SecretReference): string
  readText(value: string | SecretReference): string
}

/** All that is projected to one path, source by source. */
export interface MountedFolder {
  path: string
  configMapContent: Map<string, Content>
  /** Base64, by key. */
  secretContent: Map<string, string>
  sources: ProjectedSource[]
}

export interface ProjectedSource {
  kind: 'configMap' | 'secret'
  /** Name of an existing object; null stands for the one generated for this path. */
  name: string | null
  items: { key: string; path: string }[]
}

export interface PortDraft {
  item: InboundPortItem
  name: string
  servicePort: ServicePort
  serviceName: string
}

/** What the items of a config add up to, before it is cut into objects. */
export interface Draft {
  replicaCount: number
  pod: Omit<PodSpec, 'containers'>
  container: Container
  folders: Map<string, MountedFolder>
  ports: PortDraft[]
  /** Base64, by key, of the generated Secret of variables. */
  secretVariables: Map<string, string>
}

export function emptyDraft(): Draft {
  return {
    replicaCount: 1,
    pod: {},
    container: { name: 'main' },
    folders: new Map(),
    ports: [],
    secretVariables: new Map(),
  }
}
