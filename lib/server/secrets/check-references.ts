import { eq, inArray } from 'drizzle-orm'
import { secretValues } from '#drizzle/schema.ts'
import { SecretReference } from '#lib/domain/deploy-config/secret-reference.ts'
import type { Fault } from '#lib/domain/errors.ts'
import type { ChangeScope } from '../access/verb.ts'
import { isUuid } from '../resources/list-rows.ts'
import { secretOwner } from './seal.ts'

const properties = ['value', 'content'] as const

/**
 * Checks the references a caller gives back in place of secret values: each must be a value of this very
 * installation. Reads a config that may be wrong in other ways, so that all faults can be told at once.
 */
export async function checkReferences(
  scope: ChangeScope,
  config: readonly unknown[],
  installationId: string | undefined,
): Promise<Fault[]> {
  const given = config.flatMap((item, index) =>
    properties.flatMap((property) => {
      if (typeof item !== 'object' || item === null) return []
      const reference = SecretReference.safeParse((item as Record<string, unknown>)[property])
      return reference.success ? [{ index, property, id: reference.data.$secret }] : []
    }),
  )
  if (given.length === 0) return []
  const ids = given.map(({ id }) => id).filter(isUuid)
  const known =
    installationId === undefined || ids.length === 0
      ? []
      : await scope.tx
          .select({ id: secretValues.id })
          .from(secretValues)
          .where(
            scope.in(
              secretValues,
              eq(secretValues.owner, secretOwner(installationId)),
              inArray(secretValues.id, ids),
            ),
          )
  const kept = new Set(known.map(({ id }) => id))
  return given
    .filter(({ id }) => !kept.has(id.toLowerCase()))
    .map(({ index, property }) => ({
      path: ['config', index, property],
      rule: 'secretReference',
      message: 'This reference is not a secret of this installation; give the value again.',
    }))
}
