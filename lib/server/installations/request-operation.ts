import { eq } from 'drizzle-orm'
import { clusters, installations } from '#drizzle/schema.ts'
import { conflict, notFound } from '#lib/domain/errors.ts'
import { nextInstallationStatus, refuseOperation } from '#lib/domain/installation.ts'
import type { Workitem } from '#lib/domain/workitem.ts'
import type { Actor } from '../access/actor.ts'
import { changeInNamespace, type ChangeScope } from '../access/verb.ts'
import { findCluster } from '../clusters/find-cluster.ts'
import { checkRequestId } from '../resources/check-request-id.ts'
import { enqueueWorkitem, lockInstallationName, supersedeWaiting } from '../workitems/enqueue.ts'
import { answerRepeated, refuseRepeated } from '../workitems/find-repeated.ts'
import { findNewestOutstanding } from './settle.ts'

export interface OperationRequest {
  /** Given when asked on a cluster: an installation of another one is not found. */
  clusterName?: string | undefined
  installationName: string
  operation: 'shutdown' | 'restart' | 'undeploy'
  /** Undeploy only: claims and their data go too. */
  deleteVolumes?: boolean | undefined
  requestId?: string | undefined
}

/** Asks for an operation on what is installed. Its state moves to what was asked for; the worker moves it on. */
export function requestOperation(
  actor: Actor,
  namespace: string,
  { clusterName, installationName, operation, deleteVolumes, requestId }: OperationRequest,
): Promise<Workitem> {
  return answerRepeated(() =>
    changeInNamespace(actor, namespace, async (scope) => {
      checkRequestId(requestId)
      if (requestId !== undefined) await refuseRepeated(scope, requestId)
      // The cluster's row before the installation's, as everywhere: so nobody waits in a circle.
      const cluster = await findCluster(
        scope,
        clusterName ?? (await findClusterName(scope, installationName)),
        'key share',
      )
      const row = await lockInstallationName(scope, installationName)
      if (!row || row.clusterId !== cluster.id) {
        throw notFound('k8sinstallations', { name: installationName })
      }
      const waiting = await findNewestOutstanding(scope, row.id)
      const refusal = refuseOperation(operation, {
        name: row.name,
        status: row.status,
        waiting: waiting?.operation ?? null,
      })
      if (refusal !== null) throw conflict(refusal)

      const superseded = operation === 'undeploy' ? await supersedeWaiting(scope, row.id, operation) : []
      const [asked] = await scope.tx
        .update(installations)
        .set({
          status: nextInstallationStatus(row.status, { type: `${operation}Requested` }),
          statusReason: null,
          wantsRunning: operation === 'restart',
        })
        .where(scope.in(installations, eq(installations.id, row.id)))
        .returning({ revision: installations.revision })
      const workitem = await enqueueWorkitem(scope, {
        clusterId: row.clusterId,
        installationId: row.id,
        installationName: row.name,
        operation,
        revision: asked?.revision ?? row.revision,
        request: {
          k8sNamespace: row.k8sNamespace,
          ...(operation === 'undeploy' ? { deleteVolumes: deleteVolumes ?? false } : {}),
        },
        requestId,
      })
      return {
        result: workitem,
        audit: {
          action: `installation.${operation}`,
          subject: row.name,
          detail: {
            cluster: workitem.clusterName,
            requestId: workitem.requestId,
            ...(operation === 'undeploy' ? { deleteVolumes: deleteVolumes ?? false } : {}),
            ...(superseded.length === 0 ? {} : { superseded }),
          },
        },
        changes: [{ noun: 'workitem', wakeClusterId: row.clusterId }, { noun: 'installation' }],
      }
    }),
  )
}

async function findClusterName(scope: ChangeScope, installationName: string): Promise<string> {
  const [row] = await scope.tx
    .select({ clusterName: clusters.name })
    .from(installations)
    .innerJoin(clusters, eq(clusters.id, installations.clusterId))
    .where(scope.in(installations, eq(installations.name, installationName)))
  if (!row) throw notFound('k8sinstallations', { name: installationName })
  return row.clusterName
}
