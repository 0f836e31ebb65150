import { and, eq, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { auditEvents, memberships, namespaces } from '#drizzle/schema.ts'
import { roleAllows, type NamespacePermission, type NamespaceRole } from '#lib/domain/access.ts'
import { forbidden, notFound } from '#lib/domain/errors.ts'
import { getDatabase, type Database, type Transaction } from '../database/database.ts'
import { announce, type Change } from '../events/announce.ts'
import { describeActor, type Actor, type UserActor } from './actor.ts'

/**
 * The one gesture every verb is made of: permission, transaction, audit row and announcement cannot be taken apart.
 * A verb gets a scope instead of a database, so what it reads and writes is confined to one namespace here.
 */
export interface NamespaceScope {
  readonly tx: Transaction | Database
  readonly namespaceId: string
  readonly namespaceName: string
  readonly organizationId: string
  readonly actor: Actor
  /** The `where` of every query on a namespace's table: `scope.in(clusters, eq(clusters.name, name))`. */
  in(table: PgTable & { namespaceId: PgColumn }, ...conditions: (SQL | undefined)[]): SQL
}

export interface ChangeScope extends NamespaceScope {
  readonly tx: Transaction
}

/** What a change answers beside its result; without an audit entry it does not compile. */
export interface Changed<Result> {
  result: Result
  /** `action` is `<noun>.<verb>`, `subject` the natural key. Never a secret in `detail`. */
  audit: AuditEntry | AuditEntry[]
  changes: Omit<Change, 'namespaceId'>[]
}

export interface AuditEntry {
  action: string
  subject: string
  detail?: Record<string, unknown>
}

/** Reads in one namespace. A namespace without membership is not found, as if it did not exist. */
export async function readInNamespace<Result>(
  actor: Actor,
  namespaceName: string,
  permission: Exclude<NamespacePermission, 'change'>,
  work: (scope: NamespaceScope) => Promise<Result>,
): Promise<Result> {
  const database = getDatabase()
  return work(await openScope(database, actor, namespaceName, permission))
}

/** Changes one namespace, in one transaction; the audit row is part of it, the announcement follows the commit. */
export async function changeInNamespace<Result>(
  actor: Actor,
  namespaceName: string,
  work: (scope: ChangeScope) => Promise<Changed<Result>>,
): Promise<Result> {
  const { changed, namespaceId } = await getDatabase().transaction(async (tx) => {
    const scope = await openScope(tx, actor, namespaceName, 'change')
    const changed = await work(scope)
    await writeAudit(tx, actor, scope.organizationId, scope.namespaceId, changed.audit)
    return { changed, namespaceId: scope.namespaceId }
  })
  for (const change of changed.changes) announce({ ...change, namespaceId })
  return changed.result
}

/** Reads or changes what belongs to the organization itself: users, namespaces, memberships. Organization admins only. */
export async function readOrganization<Result>(
  actor: Actor,
  work: (tx: Database, organizationId: string) => Promise<Result>,
): Promise<Result> {
  requireOrganizationAdmin(actor)
  return work(getDatabase(), actor.organizationId)
}

export async function changeOrganization<Result>(
  actor: Actor,
  work: (
    tx: Transaction,
    organizationId: string,
  ) => Promise<{ result: Result; audit: AuditEntry | AuditEntry[] }>,
): Promise<Result> {
  requireOrganizationAdmin(actor)
  return getDatabase().transaction(async (tx) => {
    const { result, audit } = await work(tx, actor.organizationId)
    await writeAudit(tx, actor, actor.organizationId, null, audit)
    return result
  })
}

/** Changes what belongs to one signed-in person alone: password, sessions. */
export async function changeOwnAccount<Result>(
  actor: UserActor,
  work: (tx: Transaction) => Promise<{ result: Result; audit: AuditEntry | AuditEntry[] }>,
): Promise<Result> {
  return getDatabase().transaction(async (tx) => {
    const { result, audit } = await work(tx)
    await writeAudit(tx, actor, actor.organizationId, null, audit)
    return result
  })
}

/** The role the actor has in the namespace now, or undefined without one. */
export async function findRole(
  tx: Transaction | Database,
  actor: Actor,
  namespace: { id: string; organizationId: string },
): Promise<NamespaceRole | undefined> {
  if (actor.organizationId !== namespace.organizationId) return undefined
  if (actor.kind === 'token') {
    if (actor.namespaceId !== namespace.id) return undefined
    if (actor.owner === null) return actor.profile
    const owners = actor.owner.isOrganizationAdmin
      ? 'admin'
      : await findMembership(tx, actor.owner.userId, namespace.id)
    return actor.profile === 'viewer' && owners === 'admin' ? 'viewer' : owners
  }
  return actor.isOrganizationAdmin ? 'admin' : findMembership(tx, actor.userId, namespace.id)
}

async function findMembership(tx: Transaction | Database, userId: string, namespaceId: string) {
  const [row] = await tx
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), eq(memberships.namespaceId, namespaceId)))
  return row?.role
}

async function openScope<Tx extends Transaction | Database>(
  tx: Tx,
  actor: Actor,
  namespaceName: string,
  permission: NamespacePermission,
) {
  const [namespace] = await tx.select().from(namespaces).where(eq(namespaces.name, namespaceName))
  const role = namespace && (await findRole(tx, actor, namespace))
  if (!namespace || !role) throw notFound('namespaces', { name: namespaceName })
  if (!roleAllows(role, permission)) {
    throw forbidden(describeLack(permission, namespaceName, role))
  }
  return {
    tx,
    actor,
    namespaceId: namespace.id,
    namespaceName,
    organizationId: namespace.organizationId,
    in: (table: PgTable & { namespaceId: PgColumn }, ...conditions: (SQL | undefined)[]) =>
      and(eq(table.namespaceId, namespace.id), ...conditions) as SQL,
  }
}

function describeLack(permission: NamespacePermission, namespaceName: string, role: NamespaceRole): string {
  if (permission === 'change')
    return `Changing namespace '${namespaceName}' needs the role admin; yours is ${role}.`
  if (permission === 'manage')
    return `Only an admin of namespace '${namespaceName}' may see this; your role is ${role}.`
  return `Reading namespace '${namespaceName}' needs the role viewer or admin; yours is ${role}.`
}

function requireOrganizationAdmin(actor: Actor): void {
  const isAdmin = actor.kind === 'user' && actor.isOrganizationAdmin
  if (!isAdmin) throw forbidden('Only an organization admin, signed in, may do this.')
}

async function writeAudit(
  tx: Transaction,
  actor: Actor,
  organizationId: string,
  namespaceId: string | null,
  audit: AuditEntry | AuditEntry[],
): Promise<void> {
  const entries = Array.isArray(audit) ? audit : [audit]
  if (entries.length === 0) throw new Error('a change without an audit entry')
  await tx
    .insert(auditEvents)
    .values(entries.map((entry) => ({ ...entry, organizationId, namespaceId, actor: describeActor(actor) })))
}
