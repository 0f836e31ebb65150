import { eq } from 'drizzle-orm'
import { installations } from '#drizzle/schema.ts'
import type { QueueScope } from '../access/queue-scope.ts'
import type { InstallationRow } from './to-installation.ts'

/**
 * Takes the row that orders everything that happens to one installation. Whoever changes its queue or its state
 * takes it first, before any workitem: so nobody waits in a circle.
 */
export async function lockInstallation(
  scope: QueueScope,
  installationId: string,
): Promise<InstallationRow | undefined> {
  const [row] = await scope.tx
    .select()
    .from(installations)
    .where(scope.in(installations, eq(installations.id, installationId)))
    .for('update')
  return row
}
