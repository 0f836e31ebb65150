import { and, asc, eq, exists, inArray, sql } from 'drizzle-orm'
import { installations, workitems } from '#drizzle/schema.ts'
import {
  describeTrouble,
  isAllReady,
  nextInstallationStatus,
  type ObservedState,
} from '#lib/domain/installation.ts'
import { openQueueScope } from '../access/queue-scope.ts'
import { getDatabase } from '../database/database.ts'
import { isUuid } from '../resources/list-rows.ts'
import { announce } from '../events/announce.ts'

/**
 * Takes over what a worker sees between operations. While something is outstanding, only what was seen is kept: the
 * status belongs to that operation. Installations that are not this cluster's (any more) are passed over.
 */
export async function reportInstallations(
  cluster: { id: string; namespaceId: string },
  reported: readonly { id: string; observed: ObservedState }[],
): Promise<void> {
  const observedById = new Map(
    reported.filter(({ id }) => isUuid(id)).map(({ id, observed }) => [id, observed]),
  )
  if (observedById.size === 0) return
  const noted = await getDatabase().transaction(async (tx) => {
    const scope = openQueueScope(tx, cluster.namespaceId)
    const outstanding = tx
      .select({ one: sql`1` })
      .from(workitems)
      .where(
        scope.in(
          workitems,
          eq(workitems.installationId, installations.id),
          inArray(workitems.status, ['REQUESTED', 'PENDING']),
        ),
      )
    // In the order of ids, as whoever takes several of these rows does.
    await tx
      .select({ id: installations.id })
      .from(installations)
      .where(
        scope.in(
          installations,
          and(eq(installations.clusterId, cluster.id), inArray(installations.id, [...observedById.keys()])),
        ),
      )
      .orderBy(asc(installations.id))
      .for('update')
    const rows = await tx
      .select({ row: installations, isBusy: sql<boolean>`${exists(outstanding)}` })
      .from(installations)
      .where(
        scope.in(
          installations,
          and(eq(installations.clusterId, cluster.id), inArray(installations.id, [...observedById.keys()])),
        ),
      )
    for (const { row, isBusy } of rows) {
      const observed = observedById.get(row.id)
      if (!observed) continue
      const allReady = isAllReady(observed, row.replicaCount)
      const status = isBusy ? row.status : nextInstallationStatus(row.status, { type: 'observed', allReady })
      const statusReason =
        status === 'STARTING' ? describeTrouble(observed) : status === row.status ? row.statusReason : null
      await tx
        .update(installations)
        .set({ observed, observedAt: sql`clock_timestamp()`, status, statusReason })
        .where(scope.in(installations, eq(installations.id, row.id)))
    }
    return rows.length
  })
  if (noted > 0) announce({ namespaceId: cluster.namespaceId, noun: 'installation' })
}
