import { randomUUID } from 'node:crypto'
import { secretValues } from '#drizzle/schema.ts'
import { secretPropertiesOf, type ConfigItem } from '#lib/domain/deploy-config/config.ts'
import { SecretReference } from '#lib/domain/deploy-config/secret-reference.ts'
import type { ChangeScope } from '../access/verb.ts'
import { sealValue, secretOwner } from './seal.ts'

/** Encrypts a config's secret values and puts references in their place; a reference given back stays. */
export async function sealConfig(
  scope: ChangeScope,
  installationId: string,
  config: readonly ConfigItem[],
): Promise<ConfigItem[]> {
  const owner = secretOwner(installationId)
  const { namespaceId } = scope
  const rows: (typeof secretValues.$inferInsert)[] = []
  const sealed = config.map((item) =>
    replaceSecrets(item, (value) => {
      if (typeof value !== 'string') return value
      const id = randomUUID()
      rows.push({ id, namespaceId, owner, ...sealValue({ namespaceId, owner, id }, value) })
      return { $secret: id }
    }),
  )
  if (rows.length > 0) await scope.tx.insert(secretValues).values(rows)
  return sealed
}

/** A copy of the item with another value at each of its secret properties that is given. */
export function replaceSecrets(item: ConfigItem, replace: (value: unknown) => unknown): ConfigItem {
  const replaced: Record<string, unknown> = { ...item }
  for (const property of secretPropertiesOf(item)) {
    if (replaced[property] !== undefined) replaced[property] = replace(replaced[property])
  }
  return replaced as ConfigItem
}

/** The references a config holds. */
export function referencesOf(config: readonly ConfigItem[]): string[] {
  const ids: string[] = []
  for (const item of config) {
    replaceSecrets(item, (value) => {
      const reference = SecretReference.safeParse(value)
      if (reference.success) ids.push(reference.data.$secret)
      return value
    })
  }
  return ids
}
