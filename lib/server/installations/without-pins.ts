import type { ConfigItem } from '#lib/domain/deploy-config/config.ts'

/** A config as its author gave it, so that it can be deployed again: the console's pins are left out. */
export function withoutPins(config: readonly ConfigItem[]): ConfigItem[] {
  return config.map((item) => {
    if (item.type !== 'file' || item.contentSha256 === undefined) return item
    const { contentSha256: _, ...given } = item
    return given
  })
}
