import { parseItem } from '#lib/domain/deploy-config/check-config.ts'
import type { KubernetesObject } from '#lib/domain/kubernetes-object.ts'
import { emptyNumbering, type Numbering } from '#lib/domain/numbering.ts'
import { cutIntoObjects } from './cut-into-objects.ts'
import { emptyDraft, type RenderContext } from './draft.ts'
import { renderItem } from './item-renderers.ts'
import { assignNumbers } from './number.ts'

export interface PreviewInput {
  installationName: string
  k8sNamespace: string
  /** As a form has it: items that are not finished are left out. */
  config: readonly unknown[]
  cluster: { ingressDefaultNode: string; ingressClassName: string | null }
  /** Of an installation that exists; a new one starts without. */
  previousNumbering?: Numbering
}

/** Stands where a value is secret; the preview never shows one, typed or stored. */
export const secretPlaceholder = '(secret)'
/** A stored one that is kept: so a difference shows which secrets would be replaced. */
export const keptSecretPlaceholder = '(secret, kept)'
const laterPlaceholder = '(set when deployed)'

/** The objects a worker would make of what a form holds now. It shows what it can, and never throws for a config. */
export function renderPreview(input: PreviewInput): KubernetesObject[] {
  const config = input.config.flatMap((item) => {
    const parsed = parseItem(item)
    return parsed.ok ? [parsed.item] : []
  })
  const context: RenderContext = {
    installationName: input.installationName,
    numbering: assignNumbers(config, input.previousNumbering ?? emptyNumbering),
    cluster: input.cluster,
    readContent: ({ content, resourceType, resourceName }) => ({
      text: typeof content === 'string' ? content : `(content of ${resourceType}/${resourceName})`,
    }),
    readSecret: (value) => (typeof value === 'string' ? secretPlaceholder : keptSecretPlaceholder),
    readText: (value) => (typeof value === 'string' ? value : secretPlaceholder),
  }
  const draft = emptyDraft()
  for (const item of config) renderItem(item, draft, context)
  return cutIntoObjects(draft, {
    ...context,
    k8sNamespace: input.k8sNamespace,
    ownership: {
      consoleId: laterPlaceholder,
      namespaceId: laterPlaceholder,
      clusterId: laterPlaceholder,
      installationId: laterPlaceholder,
    },
    revision: laterPlaceholder,
    checksum: () => laterPlaceholder,
  })
}
