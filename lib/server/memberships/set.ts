import { memberships } from '#drizzle/schema.ts'
import { NamespaceRole } from '#lib/domain/access.ts'
import type { Actor } from '../access/actor.ts'
import { changeOrganization } from '../access/verb.ts'
import { announce } from '../events/announce.ts'
import { parseInput } from '../resources/parse-input.ts'
import { findUser } from '../users/find-user.ts'
import { findNamespace } from './find-namespace.ts'

/** Gives a person a role in a namespace of the organization, in place of the one before. */
export async function setMembership(
  actor: Actor,
  namespaceName: string,
  userId: string,
  givenRole: unknown,
): Promise<void> {
  const role = parseInput(NamespaceRole, givenRole)
  const namespaceId = await changeOrganization(actor, async (tx, organizationId) => {
    const namespace = await findNamespace(tx, organizationId, namespaceName)
    const user = await findUser(tx, organizationId, userId)
    await tx
      .insert(memberships)
      .values({ userId: user.id, namespaceId: namespace.id, role })
      .onConflictDoUpdate({ target: [memberships.userId, memberships.namespaceId], set: { role } })
    return {
      result: namespace.id,
      audit: { action: 'membership.set', subject: user.email, detail: { namespace: namespaceName, role } },
    }
  })
  announce({ namespaceId, noun: 'member' })
}
