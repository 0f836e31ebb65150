import { clusters, installations } from '#drizzle/schema.ts'
import type { Installation } from '#lib/domain/installation.ts'
import type { ListColumns } from '../resources/list-rows.ts'

export type InstallationRow = typeof installations.$inferSelect

export const installationColumns: ListColumns = {
  _id: { column: installations.id, type: 'uuid' },
  name: { column: installations.name, type: 'text' },
  clusterName: { column: clusters.name, type: 'text' },
  installationDate: { column: installations.installationDate, type: 'moment' },
  installationStatus: { column: installations.status, type: 'text' },
  installedBy: { column: installations.installedBy, type: 'text' },
  replicaCount: { column: installations.replicaCount, type: 'number' },
  k8sNamespace: { column: installations.k8sNamespace, type: 'text' },
  k8sInstallationIdentifier: { column: installations.statefulSetUid, type: 'text' },
  observedAt: { column: installations.observedAt, type: 'moment' },
  revision: { column: installations.revision, type: 'number' },
  appliedRevision: { column: installations.appliedRevision, type: 'number' },
}

/** Maps a row to an answer, field by field: what is not named here has no way out. */
export function toInstallation(row: InstallationRow, clusterName: string): Installation {
  const namesOf = (kind: string) =>
    row.objects.filter((object) => object.kind === kind).map(({ name }) => name)
  return {
    _id: row.id,
    name: row.name,
    clusterName,
    installationDate: row.installationDate.toISOString(),
    installationStatus: row.status,
    statusReason: row.statusReason,
    installedBy: row.installedBy,
    replicaCount: row.replicaCount,
    k8sState: row.wantsRunning ? 'running' : 'stopped',
    k8sNamespace: row.k8sNamespace,
    k8sInstallationInfo: row.observed,
    observedAt: row.observedAt?.toISOString() ?? null,
    k8sInstallationType: 'STATEFUL_SET',
    k8sInstallationIdentifier: row.statefulSetUid,
    k8sAssociatedServices: namesOf('Service'),
    k8sAssociatedIngresses: namesOf('Ingress'),
    k8sAssociatedConfigMaps: namesOf('ConfigMap'),
    k8sAssociatedSecrets: namesOf('Secret'),
    objects: row.objects,
    revision: row.revision,
    appliedRevision: row.appliedRevision,
  }
}
