import { and, desc, eq, exists, inArray, isNotNull, not, sql } from 'drizzle-orm'
import { installations, revisions, secretValues, workitems } from '#drizzle/schema.ts'
import type { ChangeScope } from '../access/verb.ts'
import { secretOwner } from '../secrets/seal.ts'
import { referencesOf } from '../secrets/seal-config.ts'

export const revisionsKept = 50

/**
 * Lets revisions beyond the newest 50 fall off, with the secret values and content pins nobody else uses; never the
 * current one, the applied one, or one an item in the queue is about.
 */
export async function dropOldRevisions(scope: ChangeScope, installationId: string): Promise<void> {
  const ofInstallation = scope.in(revisions, eq(revisions.installationId, installationId))
  const beyond = await scope.tx
    .select({ revision: revisions.revision })
    .from(revisions)
    .where(ofInstallation)
    .orderBy(desc(revisions.revision))
    .offset(revisionsKept)
  if (beyond.length === 0) return
  const [installation] = await scope.tx
    .select({ revision: installations.revision, appliedRevision: installations.appliedRevision })
    .from(installations)
    .where(scope.in(installations, eq(installations.id, installationId)))
  const queued = await scope.tx
    .select({ revision: workitems.revision })
    .from(workitems)
    .where(scope.in(workitems, eq(workitems.installationId, installationId), isNotNull(workitems.revision)))
  const needed = new Set([
    installation?.revision,
    installation?.appliedRevision,
    ...queued.map((item) => item.revision),
  ])
  const dropped = beyond.map(({ revision }) => revision).filter((revision) => !needed.has(revision))
  if (dropped.length === 0) return
  const gone = await scope.tx
    .delete(revisions)
    .where(and(ofInstallation, inArray(revisions.revision, dropped)))
    .returning({ config: revisions.config })
  const candidates = [...new Set(gone.flatMap(({ config }) => referencesOf(config)))]
  if (candidates.length === 0) return
  // Searched as text in the database: fifty large configs need not come here. A reference is a UUID, so what is found
  // is one, and a chance hit in other text would keep a value, never lose one.
  const isUsed = exists(
    scope.tx
      .select({ one: sql`1` })
      .from(revisions)
      .where(
        scope.in(
          revisions,
          eq(revisions.installationId, installationId),
          sql`position(${secretValues.id}::text in ${revisions.config}::text) > 0`,
        ),
      ),
  )
  await scope.tx
    .delete(secretValues)
    .where(
      scope.in(
        secretValues,
        eq(secretValues.owner, secretOwner(installationId)),
        inArray(secretValues.id, candidates),
        not(isUsed),
      ),
    )
}
