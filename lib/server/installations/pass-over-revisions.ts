import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import { installations, revisions, workitems } from '#drizzle/schema.ts'
import { replicaCountOf } from '#lib/domain/deploy-config/replica-count.ts'
import type { Transaction } from '../database/database.ts'

/**
 * Marks revisions that no worker will ever see: the installation goes back to the newest one left, and items that
 * wait take that one too. Their numbers are not used again. The caller holds the installation's row.
 */
export async function passOverRevisions(
  tx: Transaction,
  installationId: string,
  passedOver: readonly number[],
): Promise<void> {
  if (passedOver.length === 0) return
  await tx
    .update(revisions)
    .set({ cancelledAt: new Date() })
    .where(and(eq(revisions.installationId, installationId), inArray(revisions.revision, [...passedOver])))
  const [newest] = await tx
    .select()
    .from(revisions)
    .where(and(eq(revisions.installationId, installationId), isNull(revisions.cancelledAt)))
    .orderBy(desc(revisions.revision))
    .limit(1)
  if (!newest) return
  await tx
    .update(installations)
    .set({
      revision: newest.revision,
      replicaCount: replicaCountOf(newest.config),
      installedBy: newest.createdBy,
      installationDate: newest.createdAt,
    })
    .where(eq(installations.id, installationId))
  await tx
    .update(workitems)
    .set({ revision: newest.revision })
    .where(
      and(
        eq(workitems.installationId, installationId),
        eq(workitems.status, 'REQUESTED'),
        inArray(workitems.revision, [...passedOver]),
      ),
    )
}
