import { InstallationOverview } from '#components/installations/installation-overview.tsx'
import { outstandingQuery, recentQuery } from '#components/installations/installation-queries.ts'
import { queries } from '#lib/queries/resources.ts'
import { getCluster } from '#lib/server/clusters/get.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'
import { listWorkitemHistory } from '#lib/server/workitems/list-history.ts'
import { listWorkitems } from '#lib/server/workitems/list.ts'
import { Hydrated } from '../../../../../../../../hydrated.tsx'
import { readForPage } from '../../../../../../../../show-page.ts'
import { workitemActions } from '../../../../../../workitems/workitem-actions.ts'
import { readInstallationPlace, type InstallationParams } from '../place.ts'

export default async function OverviewPage({ params }: { params: InstallationParams }) {
  const { namespace, clusterName, installationName } = await readInstallationPlace(params)
  const actor = await requireActor()
  const [outstanding, recent] = [outstandingQuery(installationName), recentQuery(installationName)]
  const [cluster, items, history] = await readForPage(
    Promise.all([
      getCluster(actor, namespace, clusterName),
      listWorkitems(actor, namespace, outstanding),
      listWorkitemHistory(actor, namespace, recent),
    ]),
  )
  return (
    <Hydrated
      known={[
        [queries.cluster(namespace, clusterName).queryKey, cluster],
        [queries.workitems(namespace, outstanding).queryKey, items],
        [queries.history(namespace, recent).queryKey, history],
      ]}
    >
      <InstallationOverview
        installationName={installationName}
        clusterName={clusterName}
        actions={workitemActions}
      />
    </Hydrated>
  )
}
