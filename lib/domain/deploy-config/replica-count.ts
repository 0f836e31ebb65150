import type { ConfigItem } from './config.ts'

/** The replicas a config asks for; 1 where it does not say. */
export function replicaCountOf(config: readonly ConfigItem[]): number {
  for (const item of config) if (item.type === 'image') return item.replicaCount ?? 1
  return 1
}
