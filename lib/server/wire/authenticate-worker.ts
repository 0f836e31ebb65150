import type { IncomingMessage } from 'node:http'
import { eq } from 'drizzle-orm'
import { clusters } from '#drizzle/schema.ts'
import { DomainError, forbidden, notFound } from '#lib/domain/errors.ts'
import { protocolHeader, protocolVersion } from '#lib/protocol/messages.ts'
import type { WorkerActor } from '../access/actor.ts'
import { openQueueScope } from '../access/queue-scope.ts'
import { getDatabase } from '../database/database.ts'
import { findActorOfToken } from '../tokens/authenticate.ts'
import type { ClaimingCluster } from '../workitems/lease-items.ts'

/** Refuses a worker that speaks another version of the protocol, and says which are spoken here. */
export function checkProtocol(request: IncomingMessage): void {
  const spoken = request.headers[protocolHeader]
  if (spoken === String(protocolVersion)) return
  throw new DomainError(
    'io.windlass.protocol.unsupported',
    `This console speaks version ${protocolVersion} of the worker protocol; install the worker that belongs to it.`,
    { params: [[protocolVersion], typeof spoken === 'string' ? spoken : null] },
  )
}

/** Whose token a request carries, looked up now. Nothing but a worker's is good here. */
export async function authenticateWorker(request: IncomingMessage): Promise<WorkerActor> {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
  const actor = token === undefined ? null : await findActorOfToken(token)
  if (actor === null) {
    throw new DomainError('io.windlass.unauthenticated', 'The access token is wrong, expired or revoked.')
  }
  if (actor.kind !== 'worker') {
    throw forbidden('Workers are served only with a token of the profile k8sWorker__system.')
  }
  return actor
}

/** The cluster a worker says it works for, when its token names it. */
export async function findWorkersCluster(actor: WorkerActor, clusterName: string): Promise<ClaimingCluster> {
  if (!actor.clusters.includes(clusterName)) {
    throw forbidden(`This token does not name cluster '${clusterName}'.`)
  }
  const scope = openQueueScope(getDatabase(), actor.namespaceId)
  const [cluster] = await scope.tx
    .select({
      id: clusters.id,
      namespaceId: clusters.namespaceId,
      name: clusters.name,
      ingressDefaultNode: clusters.ingressDefaultNode,
      ingressClassName: clusters.ingressClassName,
    })
    .from(clusters)
    .where(scope.in(clusters, eq(clusters.name, clusterName)))
  if (!cluster) throw notFound('k8sclusters', { name: clusterName })
  return cluster
}
