import { and, asc, count, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { accessTokens, clusters, installations, workitems } from '#drizzle/schema.ts'
import { conflict, invalid } from '#lib/domain/errors.ts'
import type { ObjectReference } from '#lib/domain/kubernetes-object.ts'
import type { Actor } from '../access/actor.ts'
import { changeInNamespace, type ChangeScope } from '../access/verb.ts'
import { removeInstallation } from '../installations/settle.ts'
import { moveToHistoryStatement } from '../workitems/sql/move-to-history.ts'
import { findCluster } from './find-cluster.ts'

/** What was installed when a cluster was forgotten: nobody has removed it. */
export interface LeftBehind {
  installationName: string
  k8sNamespace: string
  objects: ObjectReference[]
}

const namedAtMost = 10

/**
 * Deletes the record of a cluster; one with installations or outstanding workitems only with `forget` and its name
 * typed as `confirmedName`. Then what waits or runs is cancelled, no worker token is good for this cluster any more, and
 * the answer lists what may still exist in Kubernetes.
 */
export function deleteCluster(
  actor: Actor,
  namespace: string,
  name: string,
  {
    forget = false,
    confirmedName,
  }: { forget?: boolean | undefined; confirmedName?: string | undefined } = {},
): Promise<{ mayStillExist: LeftBehind[] }> {
  return changeInNamespace(actor, namespace, async (scope) => {
    const cluster = await findCluster(scope, name, 'update')
    const installed = await scope.tx
      .select()
      .from(installations)
      .where(scope.in(installations, eq(installations.clusterId, cluster.id)))
      .orderBy(asc(installations.id))
    const [outstanding] = await scope.tx
      .select({ count: count() })
      .from(workitems)
      .where(scope.in(workitems, eq(workitems.clusterId, cluster.id)))
    const waiting = outstanding?.count ?? 0
    if (!forget && (installed.length > 0 || waiting > 0)) {
      throw conflict(
        `Cluster '${name}' ${describeContents(
          installed.map((row) => row.name),
          waiting,
        )}. Undeploy them first, or forget the cluster.`,
        [installed.map((row) => row.name).slice(0, namedAtMost), waiting],
      )
    }
    if (forget && confirmedName !== name) {
      throw invalid([
        {
          path: ['confirmedName'],
          rule: 'confirmedName',
          message: `To forget the cluster, give its name '${name}' once more.`,
          given: confirmedName,
        },
      ])
    }
    const mayStillExist = await removeContents(scope, cluster.id, installed)
    const tokens = await takeFromTokens(scope, name)
    await scope.tx.delete(clusters).where(scope.in(clusters, eq(clusters.id, cluster.id)))
    return {
      result: { mayStillExist },
      audit: {
        action: forget ? 'cluster.forget' : 'cluster.delete',
        subject: name,
        detail: {
          installations: installed.map((row) => row.name),
          cancelledWorkitems: waiting,
          ...tokens,
        },
      },
      changes: [{ noun: 'cluster' }, { noun: 'installation' }, { noun: 'workitem' }, { noun: 'token' }],
    }
  })
}

/** Also where a token serves other clusters: a new cluster of this name is not the old worker's. */
async function takeFromTokens(scope: ChangeScope, name: string) {
  const cluster = sql`array[${name}]::text[]`
  const isLive = and(eq(accessTokens.profile, 'k8sWorker__system'), isNull(accessTokens.revokedAt))
  const revoked = await scope.tx
    .update(accessTokens)
    .set({ revokedAt: sql`now()` })
    .where(scope.in(accessTokens, isLive, sql`${accessTokens.clusters} <@ ${cluster}`))
    .returning({ name: accessTokens.name })
  const narrowed = await scope.tx
    .update(accessTokens)
    .set({ clusters: sql`array_remove(${accessTokens.clusters}, ${name})` })
    .where(scope.in(accessTokens, isLive, sql`${accessTokens.clusters} @> ${cluster}`))
    .returning({ name: accessTokens.name })
  const namesOf = (rows: { name: string }[]) => rows.map((row) => row.name)
  return { revokedTokens: namesOf(revoked), narrowedTokens: namesOf(narrowed) }
}

function describeContents(installed: readonly string[], waiting: number): string {
  const named = installed.slice(0, namedAtMost).join(', ')
  const more = installed.length > namedAtMost ? ` and ${installed.length - namedAtMost} more` : ''
  const parts = [
    ...(installed.length > 0
      ? [`has ${installed.length} installation${installed.length === 1 ? '' : 's'} (${named}${more})`]
      : []),
    ...(waiting > 0
      ? [`${installed.length > 0 ? '' : 'has '}${waiting} outstanding workitem${waiting === 1 ? '' : 's'}`]
      : []),
  ]
  return parts.join(' and ')
}

async function removeContents(
  scope: ChangeScope,
  clusterId: string,
  installed: (typeof installations.$inferSelect)[],
): Promise<LeftBehind[]> {
  // The installations' rows before their items, as everywhere.
  await scope.tx
    .select({ id: installations.id })
    .from(installations)
    .where(scope.in(installations, eq(installations.clusterId, clusterId)))
    .orderBy(asc(installations.id))
    .for('update')
  const claimed = await scope.tx
    .select({ id: workitems.installationId })
    .from(workitems)
    .where(scope.in(workitems, eq(workitems.clusterId, clusterId), isNotNull(workitems.firstClaimedAt)))
  // A worker that had one in hand may have made objects that it never reported.
  const touched = new Set(claimed.map(({ id }) => id))
  await scope.tx.execute(
    moveToHistoryStatement(sql`item.cluster_id = ${clusterId} and item.status in ('REQUESTED', 'PENDING')`, {
      status: 'CANCELLED',
    }),
  )
  await scope.tx.execute(moveToHistoryStatement(sql`item.cluster_id = ${clusterId}`, { status: null }))
  for (const row of installed) await removeInstallation(scope, row.id)
  return installed
    .filter(
      (row) =>
        touched.has(row.id) ||
        row.appliedRevision !== null ||
        row.objects.length > 0 ||
        row.observed?.exists === true,
    )
    .map((row) => ({ installationName: row.name, k8sNamespace: row.k8sNamespace, objects: row.objects }))
}
