import type { z } from 'zod'
import { EnvironmentVariableItem } from './items/environment-variable.ts'
import { FileItem } from './items/file.ts'
import { HostAliasItem } from './items/host-alias.ts'
import { ImageItem } from './items/image.ts'
import { InboundPortItem } from './items/inbound-port.ts'

/**
 * The first of the three tables a configuration type stands in: its schema here, its form in
 * components/installations/deploy-wizard/item-forms.ts, its rendering in lib/manifests/item-renderers.ts.
 */
export const itemSchemas = {
  image: ImageItem,
  file: FileItem,
  inboundPort: InboundPortItem,
  environmentVariable: EnvironmentVariableItem,
  hostAlias: HostAliasItem,
} as const

export type ItemType = keyof typeof itemSchemas
export type ItemOfType<T extends ItemType> = z.infer<(typeof itemSchemas)[T]>
export type ConfigItem = { [T in ItemType]: ItemOfType<T> }[ItemType]

/** What a deploy command's `data` is once it was checked; section 4 of the contract. */
export interface DeployInput {
  name: string
  k8sNamespace: string
  config: ConfigItem[]
  /** The revision the caller has seen; 0: the installation must not exist. Absent: any. */
  revision?: number
}
