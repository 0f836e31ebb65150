import type { ConfigItem, ItemOfType, ItemType } from '#lib/domain/deploy-config/config.ts'
import { effectiveFilename } from '#lib/domain/deploy-config/items/file.ts'
import { effectivePortName } from '#lib/domain/deploy-config/items/inbound-port.ts'
import { literalValue } from '#lib/domain/deploy-config/items/environment-variable.ts'
import { ipIdentity } from '#lib/domain/ip-addresses.ts'
import { generatedName } from '#lib/domain/kubernetes-object.ts'
import { environmentSecretKey, portKey, type Numbering } from '#lib/domain/numbering.ts'
import type { Draft, MountedFolder, RenderContext } from './draft.ts'
import { encodeText, keyOf } from './encoding.ts'

export interface NeededNumber {
  component: keyof Numbering
  key: string
}

interface ItemRenderer<Item> {
  /** Adds what the item stands for to the draft. Items come in the order of the config. */
  render(item: Item, draft: Draft, context: RenderContext): void
  /** The numbers its generated objects are named by. */
  numbers?(item: Item): NeededNumber[]
}

/** The third of the tables a configuration type stands in; the first is lib/domain/deploy-config/config.ts. */
const itemRenderers: { [T in ItemType]: ItemRenderer<ItemOfType<T>> } = {
  image: {
    render(item, draft) {
      draft.replicaCount = item.replicaCount ?? 1
      draft.container.image = item.name
      if (item.pullPolicy) draft.container.imagePullPolicy = item.pullPolicy
      if (item.imagePullSecret) (draft.pod.imagePullSecrets ??= []).push({ name: item.imagePullSecret })
      if (item.serviceAccount) draft.pod.serviceAccountName = item.serviceAccount
    },
  },

  file: {
    render(item, draft, context) {
      const kind = item.dataSource ?? 'configMap'
      const filename = effectiveFilename(item)
      const folder = folderAt(item.path, draft)
      if (item.name !== undefined && item.key !== undefined) {
        project(folder, kind, item.name, { key: item.key, path: filename })
        return
      }
      const key = keyOf(filename)
      if (kind === 'configMap') {
        folder.configMapContent.set(key, context.readContent(item))
      } else {
        folder.secretContent.set(key, readSecretContent(item, context))
      }
      project(folder, kind, null, { key, path: filename })
    },
    numbers: (item) =>
      item.name === undefined
        ? [{ component: item.dataSource === 'secret' ? 'secrets' : 'configMaps', key: item.path }]
        : [],
  },

  inboundPort: {
    render(item, draft, context) {
      const name = effectivePortName(item)
      ;(draft.container.ports ??= []).push({ name, containerPort: item.port, protocol: item.protocol })
      draft.ports.push({
        item,
        name,
        servicePort: { name, port: item.port, protocol: item.protocol, targetPort: item.port },
        serviceName: item.serviceName ?? numberedName('service', 'services', portKeyOf(item), context),
      })
    },
    numbers: (item) => [
      ...(item.serviceName === undefined ? [{ component: 'services' as const, key: portKeyOf(item) }] : []),
      ...(item.protocol === 'TCP' ? [{ component: 'ingresses' as const, key: portKeyOf(item) }] : []),
    ],
  },

  environmentVariable: {
    render(item, draft, context) {
      const variables = (draft.container.env ??= [])
      if (item.secretName !== undefined && item.key !== undefined) {
        const secretKeyRef = { name: item.secretName, key: item.key }
        variables.push({ name: item.name, valueFrom: { secretKeyRef } })
      } else if (item.asSecret) {
        const key = keyOf(item.name)
        const value = item.value ?? ''
        draft.secretVariables.set(
          key,
          context.readSecret(typeof value === 'string' ? literalValue(value) : value),
        )
        const name = numberedName('secret', 'secrets', environmentSecretKey, context)
        variables.push({ name: item.name, valueFrom: { secretKeyRef: { name, key } } })
      } else {
        variables.push({ name: item.name, value: literalValue(context.readText(item.value ?? '')) })
      }
    },
    numbers: (item) => (item.asSecret ? [{ component: 'secrets', key: environmentSecretKey }] : []),
  },

  hostAlias: {
    render(item, draft) {
      const aliases = (draft.pod.hostAliases ??= [])
      const identity = ipIdentity(item.hostIP)
      const sameIp = aliases.find(({ ip = '' }) => ipIdentity(ip) === identity)
      if (!sameIp) aliases.push({ ip: item.hostIP, hostnames: [item.name] })
      else if (!sameIp.hostnames?.includes(item.name)) (sameIp.hostnames ??= []).push(item.name)
    },
  },
}

export function renderItem(item: ConfigItem, draft: Draft, context: RenderContext): void {
  rendererOf(item).render(item, draft, context)
}

export function numbersNeededBy(item: ConfigItem): NeededNumber[] {
  return rendererOf(item).numbers?.(item) ?? []
}

// An item's own type chooses its renderer, which the compiler cannot follow through a union.
const rendererOf = (item: ConfigItem) => itemRenderers[item.type] as ItemRenderer<ConfigItem>

const portKeyOf = (item: ItemOfType<'inboundPort'>) => portKey(item.protocol, item.port)

/** The generated name under the number the numbering holds for `key`. */
export function numberedName(
  component: Parameters<typeof generatedName>[1],
  numbered: keyof Numbering,
  key: string,
  context: Pick<RenderContext, 'installationName' | 'numbering'>,
): string {
  const number = context.numbering[numbered][key]
  if (number === undefined) throw new Error(`The numbering has no number among ${numbered} for ${key}`)
  return generatedName(context.installationName, component, number)
}

/** Base64, as a Secret's `data` has it. */
function readSecretContent(item: ItemOfType<'file'>, context: RenderContext): string {
  if (item.content !== undefined) return context.readSecret(item.content)
  const content = context.readContent(item)
  return 'text' in content ? encodeText(content.text) : content.base64
}

function folderAt(path: string, draft: Draft): MountedFolder {
  const known = draft.folders.get(path)
  if (known) return known
  const folder = { path, configMapContent: new Map(), secretContent: new Map(), sources: [] }
  draft.folders.set(path, folder)
  return folder
}

function project(
  folder: MountedFolder,
  kind: 'configMap' | 'secret',
  name: string | null,
  item: { key: string; path: string },
): void {
  const known = folder.sources.find((source) => source.kind === kind && source.name === name)
  if (known) known.items.push(item)
  else folder.sources.push({ kind, name, items: [item] })
}
