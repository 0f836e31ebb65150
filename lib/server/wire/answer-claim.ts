import type { IncomingMessage, ServerResponse } from 'node:http'
import { asc, eq } from 'drizzle-orm'
import { installations } from '#drizzle/schema.ts'
import type { ClaimAnswer, ClaimRequest, LeasedItem } from '#lib/protocol/messages.ts'
import packageJson from '../../../package.json' with { type: 'json' }
import type { WorkerActor } from '../access/actor.ts'
import { openQueueScope } from '../access/queue-scope.ts'
import { noteWorker } from '../clusters/note-worker.ts'
import { getDatabase } from '../database/database.ts'
import { isDatabaseUnavailable } from '../database/is-unavailable.ts'
import { claimWorkitems, findRepeatedClaim, releaseClaim } from '../workitems/claim.ts'
import type { ClaimingCluster } from '../workitems/lease-items.ts'
import { answerJson } from './answer.ts'
import { authenticateWorker, findWorkersCluster } from './authenticate-worker.ts'
import type { WaitingClaims } from './waiting-claims.ts'

/** Below the idle limits of the proxies between. */
const longestWaitSeconds = 50

/**
 * Answers a claim with leases as soon as there are some, with none when the time is over or the console goes. A client
 * that goes away frees its place; what was claimed for it in that moment goes back to the queue.
 */
export async function answerClaim(
  request: IncomingMessage,
  response: ServerResponse,
  actor: WorkerActor,
  message: ClaimRequest,
  waiting: WaitingClaims,
): Promise<void> {
  let cluster = await findWorkersCluster(actor, message.clusterName)
  await noteWorker(cluster, message.worker)
  const waitMilliseconds = Math.min(message.waitSeconds, longestWaitSeconds) * 1000
  const place = waiting.enter(cluster, message.claimId, waitMilliseconds)
  // The end of the request says nothing, it was read long ago: a client that goes is seen on the response.
  response.once('close', () => place.leave())
  const isGone = () => response.destroyed || place.isReplaced()
  try {
    for (let isFirst = true; ; isFirst = false) {
      const isLast = place.isOver()
      let items: LeasedItem[] = []
      try {
        // Rights may have changed while it waited: a revoked token gets nothing.
        if (!isFirst) {
          cluster = await findWorkersCluster(await authenticateWorker(request), message.clusterName)
        }
        items = await look(cluster, message)
      } catch (error) {
        // A database that is away for some seconds is waited for; whoever cannot wait is told to come again.
        if (isLast || !isDatabaseUnavailable(error)) throw error
      }
      const lookedAt = performance.now()
      if (isGone()) {
        if (items.length > 0) await releaseClaim(cluster, message.claimId)
        answerJson(response, 200, await composeAnswer(cluster, [], 0))
        return
      }
      if (items.length > 0 || isLast) {
        answerJson(response, 200, await composeAnswer(cluster, items, lookedAt))
        return
      }
      await place.next()
      // Nobody would read it: then nothing is claimed at all.
      if (response.destroyed) return
    }
  } finally {
    place.leave()
  }
}

async function look(cluster: ClaimingCluster, message: ClaimRequest): Promise<LeasedItem[]> {
  const repeated = await findRepeatedClaim(cluster, message.claimId)
  if (repeated.length > 0) return repeated
  return claimWorkitems(cluster, {
    claimId: message.claimId,
    workerId: message.worker.id,
    limit: message.limit,
  })
}

async function composeAnswer(
  cluster: ClaimingCluster,
  items: LeasedItem[],
  lookedAt: number,
): Promise<ClaimAnswer> {
  const scope = openQueueScope(getDatabase(), cluster.namespaceId)
  const observed = await scope.tx
    .select({ id: installations.id, name: installations.name, k8sNamespace: installations.k8sNamespace })
    .from(installations)
    .where(scope.in(installations, eq(installations.clusterId, cluster.id)))
    .orderBy(asc(installations.name))
  const elapsed = Math.ceil(performance.now() - lookedAt)
  return {
    items: items.map((item) => ({
      ...item,
      lease: { ...item.lease, remainingMilliseconds: item.lease.remainingMilliseconds - elapsed },
    })),
    installations: observed,
    serverVersion: packageJson.version,
  }
}
