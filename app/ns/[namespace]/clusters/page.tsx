import type { Metadata } from 'next'
import { ClusterList } from '#components/clusters/cluster-list.tsx'
import { clusterFilters, clustersPageSize } from '#components/clusters/cluster-list-state.ts'
import { readListState, toListQuery, type SearchParams } from '#components/ui/list-state.ts'
import { queries } from '#lib/queries/resources.ts'
import { listClusters } from '#lib/server/clusters/list.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'
import { Hydrated } from '../../../hydrated.tsx'
import { readForPage } from '../../../show-page.ts'

export const metadata: Metadata = { title: 'Clusters' }

interface ClustersPageProps {
  params: Promise<{ namespace: string }>
  searchParams: Promise<SearchParams>
}

export default async function ClustersPage({ params, searchParams }: ClustersPageProps) {
  const namespace = decodeURIComponent((await params).namespace)
  const query = toListQuery(readListState(await searchParams, clusterFilters), { pageSize: clustersPageSize })
  const page = await readForPage(listClusters(await requireActor(), namespace, query))
  return (
    <Hydrated known={[[queries.clusters(namespace, query).queryKey, page]]}>
      <ClusterList />
    </Hydrated>
  )
}
