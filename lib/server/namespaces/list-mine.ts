import { and, asc, eq } from 'drizzle-orm'
import { memberships, namespaces, organizations } from '#drizzle/schema.ts'
import type { Namespace } from '#lib/domain/namespace.ts'
import type { Actor } from '../access/actor.ts'
import { findRole } from '../access/verb.ts'
import { getDatabase } from '../database/database.ts'

/** The namespaces the actor may enter, by name: all of the organization for its admins, the one of a token. */
export async function listMyNamespaces(actor: Actor): Promise<Namespace[]> {
  const database = getDatabase()
  const seesAll = actor.kind === 'user' && actor.isOrganizationAdmin
  const rows = await database
    .select({
      id: namespaces.id,
      name: namespaces.name,
      organizationId: namespaces.organizationId,
      organizationName: organizations.name,
      role: memberships.role,
    })
    .from(namespaces)
    .innerJoin(organizations, eq(organizations.id, namespaces.organizationId))
    .leftJoin(
      memberships,
      and(
        eq(memberships.namespaceId, namespaces.id),
        actor.kind === 'user' ? eq(memberships.userId, actor.userId) : undefined,
      ),
    )
    .where(
      and(
        eq(namespaces.organizationId, actor.organizationId),
        actor.kind === 'token' ? eq(namespaces.id, actor.namespaceId) : undefined,
      ),
    )
    .orderBy(asc(namespaces.name))
  if (actor.kind === 'token') {
    const [own] = rows
    const role = own && (await findRole(database, actor, own))
    return own && role ? [{ _id: own.id, name: own.name, organizationName: own.organizationName, role }] : []
  }
  return rows.flatMap((row) => {
    const role = seesAll ? 'admin' : row.role
    return role ? [{ _id: row.id, name: row.name, organizationName: row.organizationName, role }] : []
  })
}
