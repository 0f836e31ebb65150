import { stringify } from 'yaml'
import type { Numbering } from '#lib/domain/numbering.ts'
import { renderPreview } from '#lib/manifests/preview.ts'

export interface PreviewCluster {
  ingressDefaultNode: string
  ingressClassName: string | null
}

/** A deploy as a form or a revision has it; nothing in it needs to be right or complete. */
export interface Previewed {
  name: string
  k8sNamespace: string
  config: readonly unknown[]
}

export interface PreviewObject {
  kind: string
  name: string
  yaml: string
}

/** The objects the worker would create, as YAML, by the very functions it uses; secrets in words in place of base64. */
export function previewObjects(
  { name, k8sNamespace, config }: Previewed,
  cluster: PreviewCluster,
  previousNumbering: Numbering,
): PreviewObject[] {
  return renderPreview({
    installationName: name === '' ? '(name)' : name,
    k8sNamespace,
    config,
    cluster,
    previousNumbering,
  }).map((object) => ({
    kind: object.kind,
    name: object.metadata.name,
    yaml: stringify(object, { lineWidth: 0 }),
  }))
}

/** All objects in one document, for comparing and copying. */
export const joinObjects = (objects: readonly PreviewObject[]): string =>
  objects.map(({ yaml }) => yaml).join('---\n')
