import { randomUUID } from 'node:crypto'
import { and, eq, max, sql } from 'drizzle-orm'
import { installations, revisionContents, revisions } from '#drizzle/schema.ts'
import { checkDeploy } from '#lib/domain/deploy-config/check-deploy.ts'
import type { ConfigItem, DeployInput } from '#lib/domain/deploy-config/config.ts'
import { checkStoredSizes } from '#lib/domain/deploy-config/check-config.ts'
import { replicaCountOf } from '#lib/domain/deploy-config/replica-count.ts'
import { conflict, DomainError, invalid } from '#lib/domain/errors.ts'
import { nextInstallationStatus } from '#lib/domain/installation.ts'
import { emptyNumbering } from '#lib/domain/numbering.ts'
import type { Workitem } from '#lib/domain/workitem.ts'
import { checkServiceNames } from '#lib/manifests/check-names.ts'
import { assignNumbers } from '#lib/manifests/number.ts'
import { describeActor, type Actor } from '../access/actor.ts'
import { changeInNamespace, type ChangeScope } from '../access/verb.ts'
import { findCluster } from '../clusters/find-cluster.ts'
import { checkRequestId } from '../resources/check-request-id.ts'
import { checkReferences } from '../secrets/check-references.ts'
import { sealConfig } from '../secrets/seal-config.ts'
import { enqueueWorkitem, lockInstallationName, supersedeWaiting } from '../workitems/enqueue.ts'
import { answerRepeated, refuseRepeated } from '../workitems/find-repeated.ts'
import { dropOldRevisions } from './drop-old-revisions.ts'
import { findContents, type FoundContent } from './find-contents.ts'
import type { InstallationRow } from './to-installation.ts'

/**
 * Accepts a deploy, new or update: one transaction with the installation, its revision, the workitem and the audit
 * row. Faults come all at once; secret values are encrypted and library content is pinned before anything is stored.
 * A `requestId` that was accepted before is answered with its first item.
 */
export function deployInstallation(
  actor: Actor,
  namespace: string,
  clusterName: string,
  data: unknown,
  { requestId }: { requestId?: string | undefined } = {},
): Promise<Workitem> {
  return answerRepeated(() =>
    changeInNamespace(actor, namespace, async (scope) => {
      checkRequestId(requestId)
      if (requestId !== undefined) await refuseRepeated(scope, requestId)
      const cluster = await findCluster(scope, clusterName, 'key share')
      const { input, present, contents } = await checkInput(scope, data, cluster.ingressDefaultNode)
      if (present && present.clusterId !== cluster.id) {
        throw conflict(`Installation '${input.name}' exists on another cluster; undeploy it there first.`)
      }
      if (present && present.k8sNamespace !== input.k8sNamespace) {
        throw conflict(
          `Installation '${input.name}' is in Kubernetes namespace '${present.k8sNamespace}', and stays there; undeploy it first to move it.`,
          [present.k8sNamespace],
        )
      }
      await checkSeen(scope, input, present)

      const installationId = present?.id ?? randomUUID()
      const superseded = present ? await supersedeWaiting(scope, installationId, 'deploy') : []
      const revision = await nextRevision(scope, installationId)
      const config = await sealConfig(scope, installationId, pinContents(input.config, contents))
      const asked = {
        status: nextInstallationStatus(present?.status ?? 'STARTING', { type: 'deployRequested' }),
        statusReason: null,
        revision,
        wantsRunning: true,
        replicaCount: replicaCountOf(config),
        installedBy: describeActor(actor),
        installationDate: sql`now()`,
        numbering: assignNumbers(config, present?.numbering ?? emptyNumbering),
      }
      const { namespaceId } = scope
      if (present) {
        await scope.tx
          .update(installations)
          .set(asked)
          .where(scope.in(installations, eq(installations.id, installationId)))
      } else {
        await scope.tx.insert(installations).values({
          ...asked,
          id: installationId,
          namespaceId,
          clusterId: cluster.id,
          name: input.name,
          k8sNamespace: input.k8sNamespace,
        })
      }
      await scope.tx
        .insert(revisions)
        .values({ namespaceId, installationId, revision, config, createdBy: describeActor(actor) })
      const contentIds = [...new Set([...contents.values()].map(({ contentId }) => contentId))]
      if (contentIds.length > 0) {
        await scope.tx
          .insert(revisionContents)
          .values(contentIds.map((contentId) => ({ installationId, revision, contentId })))
      }
      const workitem = await enqueueWorkitem(scope, {
        clusterId: cluster.id,
        installationId,
        installationName: input.name,
        operation: 'deploy',
        revision,
        request: { k8sNamespace: input.k8sNamespace },
        requestId,
      })
      await dropOldRevisions(scope, installationId)
      return {
        result: workitem,
        audit: {
          action: 'installation.deploy',
          subject: input.name,
          detail: {
            cluster: clusterName,
            k8sNamespace: input.k8sNamespace,
            revision,
            requestId: workitem.requestId,
            ...(superseded.length === 0 ? {} : { superseded }),
          },
        },
        changes: [{ noun: 'workitem', wakeClusterId: cluster.id }, { noun: 'installation' }],
      }
    }),
  )
}

/** Everything that can be wrong with the data itself, told at once; then who else changes this installation waits. */
async function checkInput(scope: ChangeScope, data: unknown, ingressDefaultNode: string) {
  const checked = checkDeploy(data, { ingressDefaultNode })
  const given = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>
  const tooLarge =
    !checked.ok && checked.faults.some(({ rule }) => ['configItems', 'configSize', 'depth'].includes(rule))
  const config = Array.isArray(given.config) && !tooLarge ? (given.config as unknown[]) : []
  const name = checked.ok ? checked.input.name : given.name
  const present =
    typeof name === 'string' && !name.includes('\0') ? await lockInstallationName(scope, name) : undefined
  const found = await findContents(scope, config)
  const references = await checkReferences(scope, config, present?.id)
  const faults = [...(checked.ok ? [] : checked.faults), ...found.faults, ...references.faults]
  if (checked.ok) {
    const { name, config } = checked.input
    const numbering = assignNumbers(config, present?.numbering ?? emptyNumbering)
    const storedBytes = (index: number) =>
      found.contents.get(index)?.sizeBytes ?? references.sizeBytes.get(index) ?? 0
    faults.push(...checkStoredSizes(config, storedBytes), ...checkServiceNames(name, config, numbering))
  }
  if (!checked.ok || faults.length > 0) throw invalid(faults)
  return { input: checked.input, present, contents: found.contents }
}

/** Refuses a caller who has seen another revision than the current one, and says whose that is. */
async function checkSeen(
  scope: ChangeScope,
  input: DeployInput,
  present: InstallationRow | undefined,
): Promise<void> {
  const seen = input.revision
  const current = present?.revision ?? 0
  if (seen === undefined || seen === current) return
  const refuse = (message: string, author: string | null) =>
    new DomainError('io.windlass.revision.stale', message, { params: [current, author] })
  if (!present) {
    throw refuse(
      `Installation '${input.name}' does not exist any more; you have seen revision ${seen}.`,
      null,
    )
  }
  const [row] = await scope.tx
    .select({ author: revisions.createdBy })
    .from(revisions)
    .where(
      scope.in(revisions, and(eq(revisions.installationId, present.id), eq(revisions.revision, current))),
    )
  const author = row?.author ?? present.installedBy
  throw refuse(
    seen === 0
      ? `Installation '${input.name}' exists already: revision ${current}, by ${author}.`
      : `Installation '${input.name}' was changed meanwhile: ${author} made revision ${current}, you have seen ${seen}.`,
    author,
  )
}

/** Numbers are never used again, also those of cancelled revisions. */
async function nextRevision(scope: ChangeScope, installationId: string): Promise<number> {
  const [row] = await scope.tx
    .select({ newest: max(revisions.revision) })
    .from(revisions)
    .where(scope.in(revisions, eq(revisions.installationId, installationId)))
  return (row?.newest ?? 0) + 1
}

function pinContents(config: readonly ConfigItem[], contents: Map<number, FoundContent>): ConfigItem[] {
  return config.map((item, index) => {
    const content = contents.get(index)
    return item.type === 'file' && content ? { ...item, contentSha256: content.sha256 } : item
  })
}
