import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { installations, revisions, secretValues, workitems } from '#drizzle/schema.ts'
import type { ConfigItem } from '#lib/domain/deploy-config/config.ts'
import { SecretReference } from '#lib/domain/deploy-config/secret-reference.ts'
import type { WorkitemError } from '#lib/domain/workitem.ts'
import type { LeasedItem } from '#lib/protocol/messages.ts'
import { openQueueScope } from '../access/queue-scope.ts'
import { getDatabase } from '../database/database.ts'
import { findConsoleId } from '../settings/console-id.ts'
import { openValue, secretOwner } from '../secrets/seal.ts'
import { referencesOf, replaceSecrets } from '../secrets/seal-config.ts'
import { getLog } from '../settings/log.ts'
import { announce } from '../events/announce.ts'
import { releaseStatement } from './sql/release.ts'
import { finishWorkitem } from './finish.ts'

/** What the wire knows of the cluster a worker claims for. */
export interface ClaimingCluster {
  id: string
  namespaceId: string
  name: string
  ingressDefaultNode: string
  ingressClassName: string | null
}

/** A worker reads answers of up to 64 MiB; secret values come on top of what is counted. */
const answerBytes = 16 * 1024 ** 2

type SealedRow = typeof secretValues.$inferSelect

class Unusable extends Error {}

/**
 * Turns leased rows into what the worker gets, secret values in clear: the one place where they are. An item that
 * cannot be put together becomes INVALID with a sentence, and the others go on.
 */
export async function leaseItems(cluster: ClaimingCluster, ids: readonly number[]): Promise<LeasedItem[]> {
  if (ids.length === 0) return []
  const scope = openQueueScope(getDatabase(), cluster.namespaceId)
  const found = await scope.tx
    .select({
      item: workitems,
      installation: { id: installations.id, numbering: installations.numbering },
      config: revisions.config,
      remainingMilliseconds: sql<number>`(extract(epoch from ${workitems.leaseExpiresAt} - clock_timestamp()) * 1000)::int`,
    })
    .from(workitems)
    .leftJoin(installations, eq(installations.id, workitems.installationId))
    .leftJoin(
      revisions,
      and(eq(revisions.installationId, workitems.installationId), eq(revisions.revision, workitems.revision)),
    )
    .where(scope.in(workitems, inArray(workitems.id, [...ids]), eq(workitems.status, 'PENDING')))
    .orderBy(asc(workitems.id))
  const references = [...new Set(found.flatMap(({ config }) => (config ? referencesOf(config) : [])))]
  const sealed =
    references.length === 0
      ? []
      : await scope.tx
          .select()
          .from(secretValues)
          .where(scope.in(secretValues, inArray(secretValues.id, references)))
  const sealedById = new Map(sealed.map((row) => [row.id, row]))
  const consoleId = await findConsoleId()

  const leased: LeasedItem[] = []
  let bytes = 0
  for (const { item, installation, config, remainingMilliseconds } of found) {
    const { leaseToken, leaseNumber, revision, claimId } = item
    if (leaseToken === null || leaseNumber === null || claimId === null) continue
    bytes += JSON.stringify(config).length
    if (bytes > answerBytes && leased.length > 0) {
      await scope.tx.execute(releaseStatement({ clusterId: cluster.id, claimId, fromId: item.id }))
      announce({ namespaceId: cluster.namespaceId, noun: 'workitem', wakeClusterId: cluster.id })
      break
    }
    try {
      if (!installation || !config || revision === null) {
        throw new Unusable(`Installation '${item.installationName}' is gone, so there is nothing to do.`)
      }
      leased.push({
        requestId: item.requestId,
        operation: item.operation,
        lease: { token: leaseToken, number: leaseNumber, remainingMilliseconds },
        attempts: item.attempts,
        ownership: {
          consoleId,
          namespaceId: cluster.namespaceId,
          clusterId: cluster.id,
          installationId: installation.id,
        },
        installationName: item.installationName,
        k8sNamespace: item.request.k8sNamespace,
        revision,
        config: openConfig(cluster.namespaceId, installation.id, config, sealedById),
        numbering: installation.numbering,
        cluster: {
          ingressDefaultNode: cluster.ingressDefaultNode,
          ingressClassName: cluster.ingressClassName,
        },
        deleteVolumes: item.request.deleteVolumes ?? false,
      })
    } catch (error) {
      if (!(error instanceof Unusable)) throw error
      getLog().warn({ requestId: item.requestId, reason: error.message }, 'a workitem is invalid')
      await declareInvalid(cluster, item.requestId, leaseToken, { cause: 'invalid', message: error.message })
    }
  }
  return leased
}

function openConfig(
  namespaceId: string,
  installationId: string,
  config: readonly ConfigItem[],
  sealedById: ReadonlyMap<string, SealedRow>,
): ConfigItem[] {
  const owner = secretOwner(installationId)
  return config.map((item) =>
    replaceSecrets(item, (value) => {
      const reference = SecretReference.safeParse(value)
      if (!reference.success) return value
      const row = sealedById.get(reference.data.$secret)
      const place = describePlace(item)
      if (!row || row.owner !== owner) {
        throw new Unusable(
          `The secret value of ${place} is not stored any more; deploy it with the value again.`,
        )
      }
      try {
        return openValue({ namespaceId, owner, id: row.id }, row)
      } catch {
        throw new Unusable(
          `The secret value of ${place} cannot be decrypted: it was altered, or sealed with another SECRETS_KEY. Deploy it with the value again.`,
        )
      }
    }),
  )
}

function describePlace(item: ConfigItem): string {
  if (item.type === 'environmentVariable') return `variable '${item.name}'`
  if (item.type === 'file') return `the file at '${item.path}/${item.filename ?? ''}'`
  return `an item of type '${item.type}'`
}

async function declareInvalid(
  cluster: ClaimingCluster,
  requestId: string,
  leaseToken: string,
  error: WorkitemError,
): Promise<void> {
  await finishWorkitem(
    { namespaceId: cluster.namespaceId, clusterId: cluster.id, requestId, leaseToken },
    { outcome: { status: 'INVALID', error }, objects: null, statefulSetUid: null, observed: null },
  )
}
