import type { Metadata } from 'next'
import { readListState, toListQuery, type SearchParams } from '#components/ui/list-state.ts'
import { WorkitemList } from '#components/workitems/workitem-list.tsx'
import { historyView, workitemFilters, workitemsPageSize } from '#components/workitems/workitem-list-state.ts'
import { ListQuery } from '#lib/domain/list-query.ts'
import { queries } from '#lib/queries/resources.ts'
import { listClusters } from '#lib/server/clusters/list.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'
import { listWorkitemHistory } from '#lib/server/workitems/list-history.ts'
import { listWorkitems } from '#lib/server/workitems/list.ts'
import { Hydrated } from '../../../hydrated.tsx'
import { readForPage } from '../../../show-page.ts'

export const metadata: Metadata = { title: 'Workitems' }

interface WorkitemsPageProps {
  params: Promise<{ namespace: string }>
  searchParams: Promise<SearchParams>
}

export default async function WorkitemsPage({ params, searchParams }: WorkitemsPageProps) {
  const namespace = decodeURIComponent((await params).namespace)
  const search = await searchParams
  const isHistory = search.view === historyView
  const query = toListQuery(readListState(search, workitemFilters), { pageSize: workitemsPageSize })
  const actor = await requireActor()
  const [clusters, page] = await readForPage(
    Promise.all([
      listClusters(actor, namespace, ListQuery.parse({ limit: 1000 })),
      (isHistory ? listWorkitemHistory : listWorkitems)(actor, namespace, query),
    ]),
  )
  const key = (isHistory ? queries.history : queries.workitems)(namespace, query).queryKey
  return (
    <Hydrated known={[[key, page]]}>
      <WorkitemList isHistory={isHistory} clusterNames={clusters.rows.map((cluster) => cluster.name)} />
    </Hydrated>
  )
}
