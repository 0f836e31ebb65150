import { randomUUID } from 'node:crypto'
import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { defaultIngressNode } from '#lib/domain/ingress-node.ts'
import type { Database, Transaction } from '#lib/server/database/database.ts'
import { insertNamespace } from '#lib/server/namespaces/insert-namespace.ts'
import { generatePassword } from '#lib/server/sessions/generate-password.ts'
import { hashPassword } from '#lib/server/sessions/hash-password.ts'
import {
  accessTokens,
  auditEvents,
  clusters,
  consoleFacts,
  namespaces,
  organizations,
  users,
} from './schema.ts'

/** Any number, as long as every console of one database uses the same. */
const seedLock = 7_263_514_002

const firstName = 'default'

/**
 * What a console cannot do without: its id, organization and namespace `default`, one organization admin. What is
 * there stays as it is, so every start may call it, several at once too. `generatedPassword` is told only at the
 * start that made it; nobody else chose or saw it, so it need not be changed.
 */
export async function seed(
  database: Database,
  { adminEmail, adminPassword }: { adminEmail: string; adminPassword?: string | undefined },
): Promise<{ adminEmail: string; generatedPassword: string | null }> {
  return database.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${seedLock})`)
    await tx.insert(consoleFacts).values({ name: 'consoleId', value: randomUUID() }).onConflictDoNothing()
    const organizationId = await seedOrganization(tx)
    const [present] = await tx
      .select({ email: users.email })
      .from(users)
      .where(
        and(eq(users.organizationId, organizationId), users.isOrganizationAdmin, isNull(users.disabledAt)),
      )
      .orderBy(users.createdAt)
      .limit(1)
    if (present) return { adminEmail: present.email, generatedPassword: null }
    const generatedPassword = adminPassword === undefined ? generatePassword() : null
    await tx.insert(users).values({
      organizationId,
      email: adminEmail,
      name: 'Administrator',
      passwordHash: await hashPassword(adminPassword ?? generatedPassword ?? ''),
      isOrganizationAdmin: true,
    })
    await tx.insert(auditEvents).values({
      organizationId,
      actor: 'system',
      action: 'user.create',
      subject: adminEmail,
      detail: { isOrganizationAdmin: true },
    })
    return { adminEmail, generatedPassword }
  })
}

async function seedOrganization(tx: Transaction): Promise<string> {
  await tx.insert(organizations).values({ name: firstName }).onConflictDoNothing()
  const [organization] = await tx.select().from(organizations).where(eq(organizations.name, firstName))
  if (!organization) throw new Error('the first organization could not be made')
  const [namespace] = await tx.select().from(namespaces).limit(1)
  if (!namespace) await insertNamespace(tx, organization.id, firstName)
  return organization.id
}

/**
 * Registers cluster `sandbox` (simulated) in namespace `default`, and the worker token of this hash as its only one:
 * every start mints a new token, so the one before is revoked.
 */
export async function registerSandboxCluster(database: Database, tokenHash: string): Promise<void> {
  const name = 'sandbox'
  await database.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${seedLock})`)
    const [namespace] = await tx.select().from(namespaces).where(eq(namespaces.name, firstName))
    if (!namespace) throw new Error(`The sandbox needs the namespace '${firstName}', which does not exist.`)
    const namespaceId = namespace.id
    const [made] = await tx
      .insert(clusters)
      .values({
        namespaceId,
        name,
        ingressDefaultNode: defaultIngressNode(name),
        simulated: true,
        createdBy: 'system',
      })
      .onConflictDoNothing()
      .returning()
    await tx
      .update(accessTokens)
      .set({ revokedAt: sql`now()` })
      .where(
        and(
          eq(accessTokens.namespaceId, namespaceId),
          eq(accessTokens.name, name),
          ne(accessTokens.tokenHash, tokenHash),
          isNull(accessTokens.revokedAt),
        ),
      )
    await tx
      .insert(accessTokens)
      .values({
        namespaceId,
        name,
        profile: 'k8sWorker__system',
        tokenHash,
        clusters: [name],
        createdBy: 'system',
      })
      .onConflictDoNothing()
    if (made) {
      await tx.insert(auditEvents).values({
        organizationId: namespace.organizationId,
        namespaceId,
        actor: 'system',
        action: 'cluster.create',
        subject: name,
        detail: { simulated: true },
      })
    }
  })
}
