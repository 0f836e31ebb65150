import type { ConfigItem } from '#lib/domain/deploy-config/config.ts'
import { environmentSecretKey, type Numbering } from '#lib/domain/numbering.ts'
import { numbersNeededBy } from './item-renderers.ts'

/**
 * The numbering of a config, given that of all revisions before it: what had a number keeps it, a new one takes the
 * lowest number never used. Nothing is ever taken out, so that a number is given once. `previous` is left as it is.
 */
export function assignNumbers(config: readonly ConfigItem[], previous: Numbering): Numbering {
  const next: Numbering = {
    configMaps: { ...previous.configMaps },
    secrets: { ...previous.secrets },
    services: { ...previous.services },
    ingresses: { ...previous.ingresses },
    persistentVolumeClaims: { ...previous.persistentVolumeClaims },
  }
  const needed = config.flatMap(numbersNeededBy)
  const isLast = (key: string) => key === environmentSecretKey
  // The Secret of variables comes after those of paths, wherever the variable stands in the config.
  for (const { component, key } of [
    ...needed.filter((need) => !isLast(need.key)),
    ...needed.filter((need) => isLast(need.key)),
  ]) {
    const numbers = next[component]
    numbers[key] ??= lowestUnused(Object.values(numbers))
  }
  return next
}

function lowestUnused(numbers: readonly number[]): number {
  const used = new Set(numbers)
  let candidate = 0
  while (used.has(candidate)) candidate += 1
  return candidate
}
