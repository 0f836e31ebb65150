import { eq, inArray, sql } from 'drizzle-orm'
import { secretValues } from '#drizzle/schema.ts'
import { SecretReference } from '#lib/domain/deploy-config/secret-reference.ts'
import type { Fault } from '#lib/domain/errors.ts'
import type { ChangeScope } from '../access/verb.ts'
import { isUuid } from '../resources/list-rows.ts'
import { sealedSizeBytes, secretOwner } from './seal.ts'

const properties = ['value', 'content'] as const

/**
 * Checks the references a caller gives back in place of secret values: each must be a value of this very
 * installation. Reads a config that may be wrong in other ways, so that all faults can be told at once. With them
 * come the sizes of the values, by index of the items, because a config is limited by what it holds in the end.
 */
export async function checkReferences(
  scope: ChangeScope,
  config: readonly unknown[],
  installationId: string | undefined,
): Promise<{ faults: Fault[]; sizeBytes: Map<number, number> }> {
  const given = config.flatMap((item, index) =>
    properties.flatMap((property) => {
      if (typeof item !== 'object' || item === null) return []
      const reference = SecretReference.safeParse((item as Record<string, unknown>)[property])
      return reference.success ? [{ index, property, id: reference.data.$secret }] : []
    }),
  )
  if (given.length === 0) return { faults: [], sizeBytes: new Map() }
  const ids = given.map(({ id }) => id).filter(isUuid)
  const known =
    installationId === undefined || ids.length === 0
      ? []
      : await scope.tx
          .select({ id: secretValues.id, sealedBytes: sql<number>`octet_length(${secretValues.sealed})` })
          .from(secretValues)
          .where(
            scope.in(
              secretValues,
              eq(secretValues.owner, secretOwner(installationId)),
              inArray(secretValues.id, ids),
            ),
          )
  const sizeOf = new Map(known.map(({ id, sealedBytes }) => [id, sealedSizeBytes(sealedBytes)]))
  const faults: Fault[] = []
  const sizeBytes = new Map<number, number>()
  for (const { index, property, id } of given) {
    const size = sizeOf.get(id.toLowerCase())
    if (size !== undefined) sizeBytes.set(index, size)
    else {
      faults.push({
        path: ['config', index, property],
        rule: 'secretReference',
        message: 'This reference is not a secret of this installation; give the value again.',
      })
    }
  }
  return { faults, sizeBytes }
}
