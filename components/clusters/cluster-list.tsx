'use client'

import { useQuery } from '@tanstack/react-query'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { StatusCounts } from '#components/statuses/status-counts.tsx'
import { WorkerStatus } from '#components/statuses/worker-status.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { DataTable, type Column } from '#components/ui/data-table.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { AddIcon, ClusterIcon, SimulatedIcon } from '#components/ui/icons.ts'
import { toListQuery } from '#components/ui/list-state.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { useListState } from '#components/ui/use-list-state.ts'
import { addresses } from '#lib/domain/addresses.ts'
import type { Cluster } from '#lib/domain/cluster.ts'
import { describeFailure } from '#lib/queries/request-failure.ts'
import { queries } from '#lib/queries/resources.ts'
import { clusterFilters, clustersPageSize } from './cluster-list-state.ts'

/** Deploy → Clusters. */
export function ClusterList() {
  const { name: namespace, canChange } = useNamespace()
  const list = useListState(clusterFilters)
  const { data, error } = useQuery(
    queries.clusters(namespace, toListQuery(list, { pageSize: clustersPageSize })),
  )
  const newCluster = (
    <ButtonLink
      href={addresses.newCluster(namespace)}
      variant="contained"
      color="primary"
      startIcon={<AddIcon aria-hidden />}
    >
      New
    </ButtonLink>
  )
  return (
    <>
      <PageHeader
        title="Clusters"
        description="Kubernetes clusters that this namespace may deploy into."
        actions={canChange && data?.rows.length !== 0 ? newCluster : undefined}
      />
      <DataTable
        label="Clusters"
        columns={columnsIn(namespace)}
        rows={data?.rows}
        keyOf={(cluster) => cluster.name}
        total={data?.total}
        page={list.page}
        pageSize={clustersPageSize}
        onPage={list.setPage}
        sort={list.sort}
        onSort={list.setSort}
        failure={error ? describeFailure(error) : null}
        empty={
          <EmptyState
            icon={<ClusterIcon />}
            title={list.page > 1 ? 'No clusters on this page' : 'No clusters yet'}
            action={canChange ? newCluster : undefined}
          >
            A K8s Cluster is the record of one Kubernetes cluster, or one of its namespaces. Create it here,
            then start a worker inside the cluster: it fetches what you deploy, so nothing has to be reachable
            from outside.
          </EmptyState>
        }
      />
    </>
  )
}

function columnsIn(namespace: string): readonly Column<Cluster>[] {
  return [
    {
      key: 'name',
      label: 'Name',
      sortBy: 'name',
      render: (cluster) => (
        <span style={{ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: '2px 8px' }}>
          <TextLink href={addresses.cluster(namespace, cluster.name)} isStrong>
            {cluster.name}
          </TextLink>
          {cluster.simulated ? <Badge tone="neutral" icon={SimulatedIcon} word="Simulated" /> : null}
        </span>
      ),
    },
    {
      key: 'worker',
      label: 'Worker',
      sortBy: 'workerLastSeen',
      render: (cluster) => <WorkerStatus lastSeen={cluster.workerLastSeen} isPlain />,
    },
    {
      key: 'installations',
      label: 'Installations',
      from: 'sm',
      render: (cluster) => <StatusCounts counts={cluster.installationsByStatus} />,
    },
    {
      key: 'queue',
      label: 'Queue',
      align: 'right',
      from: 'sm',
      render: (cluster) => cluster.queueLength.toLocaleString('en'),
    },
    {
      key: 'version',
      label: 'Kubernetes',
      from: 'md',
      render: (cluster) => cluster.k8sVersion ?? <span aria-label="not known">–</span>,
    },
    {
      key: 'workerVersion',
      label: 'Worker version',
      from: 'lg',
      render: (cluster) => cluster.workerVersion ?? <span aria-label="not known">–</span>,
    },
  ]
}
