import { conflict } from '#lib/domain/errors.ts'
import { NamespaceInput, type Namespace } from '#lib/domain/namespace.ts'
import { organizations } from '#drizzle/schema.ts'
import { eq } from 'drizzle-orm'
import type { Actor } from '../access/actor.ts'
import { changeOrganization } from '../access/verb.ts'
import { parseInput } from '../resources/parse-input.ts'
import { insertNamespace } from './insert-namespace.ts'

/** A namespace with its profiles. Its name is unique across organizations. */
export async function createNamespace(actor: Actor, input: unknown): Promise<Namespace> {
  return changeOrganization(actor, async (tx, organizationId) => {
    const { name } = parseInput(NamespaceInput, input)
    const made = await insertNamespace(tx, organizationId, name)
    if (!made) throw conflict(`The name '${name}' is taken. Choose another one.`)
    const [organization] = await tx.select().from(organizations).where(eq(organizations.id, organizationId))
    return {
      result: { _id: made.id, name, organizationName: organization?.name ?? '', role: 'admin' as const },
      audit: { action: 'namespace.create', subject: name },
    }
  })
}
