import type { z } from 'zod'
import type { ItemTypeRules } from './item-type.ts'
import { environmentVariableRules } from './items/environment-variable.ts'
import { fileRules } from './items/file.ts'
import { hostAliasRules } from './items/host-alias.ts'
import { imageRules } from './items/image.ts'
import { inboundPortRules } from './items/inbound-port.ts'

/**
 * The first of the three tables a configuration type stands in: its schema and rules here, its form in
 * components/installations/deploy-wizard/item-forms.tsx, its rendering in lib/manifests/item-renderers.ts.
 */
export const itemTypes = {
  image: imageRules,
  file: fileRules,
  inboundPort: inboundPortRules,
  environmentVariable: environmentVariableRules,
  hostAlias: hostAliasRules,
} as const

export type ItemType = keyof typeof itemTypes
export type ItemOfType<T extends ItemType> = z.infer<(typeof itemTypes)[T]['schema']>
export type ConfigItem = { [T in ItemType]: ItemOfType<T> }[ItemType]

export const isItemType = (type: unknown): type is ItemType =>
  typeof type === 'string' && Object.hasOwn(itemTypes, type)

export const rulesOf = (type: ItemType): ItemTypeRules => itemTypes[type]

/** The properties of an item whose values are secret: `['value']`, `['content']` or none. */
export const secretPropertiesOf = (item: ConfigItem): string[] =>
  rulesOf(item.type).secretProperties?.(item) ?? []

/** What a deploy command's `data` is once it was checked; section 4 of the contract. */
export interface DeployInput {
  name: string
  k8sNamespace: string
  config: ConfigItem[]
  /** The revision the caller has seen; 0: the installation must not exist. Absent: any. */
  revision?: number
}
