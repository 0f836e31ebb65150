import type { Metadata } from 'next'
import { installationFilters, installationsPageSize } from '#components/clusters/cluster-list-state.ts'
import { ClusterPanel } from '#components/clusters/cluster-panel.tsx'
import { queueQuery } from '#components/clusters/queue-query.ts'
import { readListState, toListQuery, type SearchParams } from '#components/ui/list-state.ts'
import { queries } from '#lib/queries/resources.ts'
import { getCluster } from '#lib/server/clusters/get.ts'
import { listInstallations } from '#lib/server/installations/list.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'
import { listWorkitems } from '#lib/server/workitems/list.ts'
import { Hydrated } from '../../../../hydrated.tsx'
import { readForPage } from '../../../../show-page.ts'
import { workitemActions } from '../../workitems/workitem-actions.ts'
import { deleteClusterAction, updateClusterAction } from '../actions.ts'
import { requestOperationAction } from './actions.ts'

interface ClusterPageProps {
  params: Promise<{ namespace: string; cluster: string }>
  searchParams: Promise<SearchParams>
}

export async function generateMetadata({ params }: ClusterPageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).cluster) }
}

export default async function ClusterPage({ params, searchParams }: ClusterPageProps) {
  const given = await params
  const [namespace, name] = [decodeURIComponent(given.namespace), decodeURIComponent(given.cluster)]
  const installationsQuery = toListQuery(readListState(await searchParams, installationFilters), {
    pageSize: installationsPageSize,
    fixed: { clusterName: name },
  })
  const actor = await requireActor()
  const [cluster, installations, items] = await readForPage(
    Promise.all([
      getCluster(actor, namespace, name),
      listInstallations(actor, namespace, installationsQuery),
      listWorkitems(actor, namespace, queueQuery(name)),
    ]),
  )
  return (
    <Hydrated
      known={[
        [queries.cluster(namespace, name).queryKey, cluster],
        [queries.installations(namespace, installationsQuery).queryKey, installations],
        [queries.workitems(namespace, queueQuery(name)).queryKey, items],
      ]}
    >
      <ClusterPanel
        clusterName={name}
        updateCluster={updateClusterAction}
        deleteCluster={deleteClusterAction}
        workitemActions={workitemActions}
        installationActions={{ requestOperation: requestOperationAction }}
      />
    </Hydrated>
  )
}
