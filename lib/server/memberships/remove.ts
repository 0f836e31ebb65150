import { and, eq } from 'drizzle-orm'
import { memberships } from '#drizzle/schema.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { Actor } from '../access/actor.ts'
import { changeOrganization } from '../access/verb.ts'
import { announce } from '../events/announce.ts'
import { findUser } from '../users/find-user.ts'
import { findNamespace } from './find-namespace.ts'

/** Takes a person out of a namespace; its addresses are 404 for that person from the next request on. */
export async function removeMembership(actor: Actor, namespaceName: string, userId: string): Promise<void> {
  const namespaceId = await changeOrganization(actor, async (tx, organizationId) => {
    const namespace = await findNamespace(tx, organizationId, namespaceName)
    const user = await findUser(tx, organizationId, userId)
    const removed = await tx
      .delete(memberships)
      .where(and(eq(memberships.userId, user.id), eq(memberships.namespaceId, namespace.id)))
      .returning()
    if (removed.length === 0) throw notFound('memberships', { email: user.email })
    return {
      result: namespace.id,
      audit: { action: 'membership.remove', subject: user.email, detail: { namespace: namespaceName } },
    }
  })
  announce({ namespaceId, noun: 'member' })
}
