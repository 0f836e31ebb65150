import { and, count, eq, inArray } from 'drizzle-orm'
import { clusters, installations, revisions } from '#drizzle/schema.ts'
import type { Installation } from '#lib/domain/installation.ts'
import type { ListQuery, Page } from '#lib/domain/list-query.ts'
import type { Actor } from '../access/actor.ts'
import { readInNamespace } from '../access/verb.ts'
import { pickProps, planList } from '../resources/list-rows.ts'
import { installationColumns, toInstallation } from './to-installation.ts'
import { withoutPins } from './without-pins.ts'

const otherProps = [
  'statusReason',
  'k8sState',
  'k8sInstallationInfo',
  'k8sInstallationType',
  'k8sAssociatedServices',
  'k8sAssociatedIngresses',
  'k8sAssociatedConfigMaps',
  'k8sAssociatedSecrets',
  'objects',
  'configSpec',
]

/** `configSpec` is large: it is answered only when `props` asks for it. */
export function listInstallations(
  actor: Actor,
  namespace: string,
  query: ListQuery,
): Promise<Page<Installation>> {
  return readInNamespace(actor, namespace, 'read', async (scope) => {
    const plan = planList(installationColumns, query, {
      defaultSort: { name: 1 },
      tieBreaker: installations.id,
      otherProps,
    })
    const where = scope.in(installations, plan.where)
    const found = await scope.tx
      .select({ installation: installations, clusterName: clusters.name })
      .from(installations)
      .innerJoin(clusters, eq(clusters.id, installations.clusterId))
      .where(where)
      .orderBy(...plan.orderBy)
      .limit(plan.limit)
      .offset(plan.offset)
    const configs = query.props?.includes('configSpec')
      ? await scope.tx
          .select({ installationId: installations.id, config: revisions.config })
          .from(installations)
          .innerJoin(
            revisions,
            and(
              eq(revisions.installationId, installations.id),
              eq(revisions.revision, installations.revision),
            ),
          )
          .where(
            scope.in(
              installations,
              inArray(
                installations.id,
                found.map(({ installation }) => installation.id),
              ),
            ),
          )
      : []
    const configOf = new Map(configs.map((row) => [row.installationId, row.config]))
    const rows = found.map(({ installation, clusterName }) => {
      const config = configOf.get(installation.id)
      const row = toInstallation(installation, clusterName)
      return config ? { ...row, configSpec: withoutPins(config) } : row
    })
    const page = { rows: pickProps(rows, query) }
    if (!query.count) return page
    const [counted] = await scope.tx
      .select({ total: count() })
      .from(installations)
      .innerJoin(clusters, eq(clusters.id, installations.clusterId))
      .where(where)
    return { ...page, total: counted?.total ?? 0 }
  })
}
