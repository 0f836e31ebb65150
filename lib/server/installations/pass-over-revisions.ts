import { desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { installations, revisions, workitems } from '#drizzle/schema.ts'
import { replicaCountOf } from '#lib/domain/deploy-config/replica-count.ts'
import type { QueueScope } from '../access/queue-scope.ts'

/**
 * Marks revisions that no worker will ever see: the installation goes back to the newest one left, and items that
 * wait take that one too. Their numbers are not used again. The caller holds the installation's row.
 */
export async function passOverRevisions(
  scope: QueueScope,
  installationId: string,
  passedOver: readonly number[],
): Promise<void> {
  if (passedOver.length === 0) return
  await scope.tx
    .update(revisions)
    .set({ cancelledAt: sql`now()` })
    .where(
      scope.in(
        revisions,
        eq(revisions.installationId, installationId),
        inArray(revisions.revision, [...passedOver]),
      ),
    )
  const [newest] = await scope.tx
    .select()
    .from(revisions)
    .where(scope.in(revisions, eq(revisions.installationId, installationId), isNull(revisions.cancelledAt)))
    .orderBy(desc(revisions.revision))
    .limit(1)
  if (!newest) return
  await scope.tx
    .update(installations)
    .set({
      revision: newest.revision,
      replicaCount: replicaCountOf(newest.config),
      installedBy: newest.createdBy,
      installationDate: newest.createdAt,
    })
    .where(scope.in(installations, eq(installations.id, installationId)))
  await scope.tx
    .update(workitems)
    .set({ revision: newest.revision })
    .where(
      scope.in(
        workitems,
        eq(workitems.installationId, installationId),
        eq(workitems.status, 'REQUESTED'),
        inArray(workitems.revision, [...passedOver]),
      ),
    )
}
