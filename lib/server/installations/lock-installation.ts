import { and, eq } from 'drizzle-orm'
import { installations } from '#drizzle/schema.ts'
import type { Transaction } from '../database/database.ts'
import type { InstallationRow } from './to-installation.ts'

/**
 * Takes the row that orders everything that happens to one installation. Whoever changes its queue or its state
 * takes it first, before any workitem: so nobody waits in a circle.
 */
export async function lockInstallation(
  tx: Transaction,
  namespaceId: string,
  installationId: string,
): Promise<InstallationRow | undefined> {
  const [row] = await tx
    .select()
    .from(installations)
    .where(and(eq(installations.namespaceId, namespaceId), eq(installations.id, installationId)))
    .for('update')
  return row
}
