import type { IncomingMessage, ServerResponse } from 'node:http'
import { DomainError } from '#lib/domain/errors.ts'
import {
  ClaimRequest,
  FinishRequest,
  ProgressRequest,
  ReleaseRequest,
  RenewRequest,
  ReportRequest,
  wirePaths,
} from '#lib/protocol/messages.ts'
import type { WorkerActor } from '../access/actor.ts'
import { noteWorkersPresent } from '../clusters/note-worker.ts'
import { reportInstallations } from '../installations/report.ts'
import { getLog } from '../settings/log.ts'
import { finishWorkitem } from '../workitems/finish.ts'
import { noteProgress } from '../workitems/note-progress.ts'
import { releaseLeases } from '../workitems/release.ts'
import { renewLeases } from '../workitems/renew.ts'
import { answerClaim } from './answer-claim.ts'
import { answerContent } from './answer-content.ts'
import { answerError, answerJson, answerNothing } from './answer.ts'
import { authenticateWorker, checkProtocol, findWorkersCluster } from './authenticate-worker.ts'
import { readMessage } from './read-message.ts'
import { openWaitingClaims, type WaitingClaims } from './waiting-claims.ts'

type Exchange = {
  request: IncomingMessage
  response: ServerResponse
  actor: WorkerActor
  query: URLSearchParams
  waiting: WaitingClaims
}

/** One entry for each message of the protocol. */
const routes: Record<string, { method: 'GET' | 'POST'; answer: (exchange: Exchange) => Promise<void> }> = {
  [wirePaths.claim]: {
    method: 'POST',
    async answer({ request, response, actor, waiting }) {
      await answerClaim(request, response, actor, await readMessage(request, ClaimRequest), waiting)
    },
  },
  [wirePaths.renew]: {
    method: 'POST',
    async answer({ request, response, actor }) {
      const { clusterName, leases } = await readMessage(request, RenewRequest)
      const cluster = await findWorkersCluster(actor, clusterName)
      const renewed = await renewLeases(cluster.id, leases)
      await noteWorkersPresent([cluster.id])
      answerJson(response, 200, renewed)
    },
  },
  [wirePaths.release]: {
    method: 'POST',
    async answer({ request, response, actor }) {
      const { clusterName, leases } = await readMessage(request, ReleaseRequest)
      await releaseLeases(await findWorkersCluster(actor, clusterName), leases)
      answerNothing(response)
    },
  },
  [wirePaths.progress]: {
    method: 'POST',
    async answer({ request, response, actor }) {
      const message = await readMessage(request, ProgressRequest)
      const cluster = await findWorkersCluster(actor, message.clusterName)
      await noteProgress(heldItem(cluster, message), message.progress, message.observed)
      answerNothing(response)
    },
  },
  [wirePaths.finish]: {
    method: 'POST',
    async answer({ request, response, actor }) {
      const message = await readMessage(request, FinishRequest)
      const cluster = await findWorkersCluster(actor, message.clusterName)
      await finishWorkitem(heldItem(cluster, message), message)
      answerNothing(response)
    },
  },
  [wirePaths.report]: {
    method: 'POST',
    async answer({ request, response, actor }) {
      const message = await readMessage(request, ReportRequest)
      const cluster = await findWorkersCluster(actor, message.clusterName)
      await reportInstallations(cluster, message.installations)
      await noteWorkersPresent([cluster.id])
      answerNothing(response)
    },
  },
  [wirePaths.content]: {
    method: 'GET',
    answer: ({ response, actor, query }) => answerContent(response, actor, query),
  },
}

/**
 * The workers' door: a plain listener for everything under `/api/worker`. `close` answers the claims that are held, at
 * once and without items, and resolves when no request is under way.
 */
export function createWire(): {
  handle(request: IncomingMessage, response: ServerResponse): void
  close(): Promise<void>
} {
  const waiting = openWaitingClaims()
  const underWay = new Set<Promise<void>>()
  return {
    handle(request, response) {
      const answering = answer(request, response, waiting).finally(() => underWay.delete(answering))
      underWay.add(answering)
    },
    async close() {
      waiting.close()
      await Promise.all(underWay)
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  waiting: WaitingClaims,
): Promise<void> {
  response.on('error', (error) => getLog().debug({ error: error.message }, 'an answer was not read'))
  try {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://console')
    const route = Object.hasOwn(routes, pathname) ? routes[pathname] : undefined
    if (!route) {
      throw new DomainError('io.vantiq.type.system.resource.unknown', `There is nothing at ${pathname}.`, {
        params: [pathname],
      })
    }
    if (request.method !== route.method) {
      response.setHeader('allow', route.method)
      throw new DomainError('io.windlass.method.not.allowed', `${pathname} is asked with ${route.method}.`)
    }
    checkProtocol(request)
    const actor = await authenticateWorker(request)
    await route.answer({ request, response, actor, query: searchParams, waiting })
  } catch (error) {
    // What was not read of a refused message must not be taken for the next one.
    if (!request.complete && !response.headersSent) response.setHeader('connection', 'close')
    answerError(response, error)
    request.resume()
  }
}

const heldItem = (
  cluster: { id: string; namespaceId: string },
  { requestId, leaseToken }: { requestId: string; leaseToken: string },
) => ({ namespaceId: cluster.namespaceId, clusterId: cluster.id, requestId, leaseToken })
