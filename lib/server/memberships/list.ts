import { asc, eq, isNull } from 'drizzle-orm'
import { memberships, users } from '#drizzle/schema.ts'
import type { Membership } from '#lib/domain/user.ts'
import type { Actor } from '../access/actor.ts'
import { readInNamespace } from '../access/verb.ts'

/** The members of a namespace, for its admins. Organization admins are none and enter all the same. */
export function listMembers(actor: Actor, namespace: string): Promise<Membership[]> {
  return readInNamespace(actor, namespace, 'manage', (scope) =>
    scope.tx
      .select({
        userId: memberships.userId,
        email: users.email,
        name: users.name,
        role: memberships.role,
      })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(scope.in(memberships, isNull(users.disabledAt)))
      .orderBy(asc(users.email)),
  )
}
