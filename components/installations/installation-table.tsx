'use client'

import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { installationFilters, installationsPageSize } from '#components/clusters/cluster-list-state.ts'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { StatusBadge } from '#components/statuses/status-badge.tsx'
import { statusLooks } from '#components/statuses/status-looks.ts'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { DataTable, type Column } from '#components/ui/data-table.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { FilterSelect } from '#components/ui/filter-select.tsx'
import { DeployIcon, InstallationIcon } from '#components/ui/icons.ts'
import { toListQuery } from '#components/ui/list-state.ts'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { useListState } from '#components/ui/use-list-state.ts'
import type { WorkitemActions } from '#components/workitems/workitem-actions.ts'
import { addresses } from '#lib/domain/addresses.ts'
import type { Cluster } from '#lib/domain/cluster.ts'
import type { Installation } from '#lib/domain/installation.ts'
import { describeFailure } from '#lib/queries/request-failure.ts'
import { queries } from '#lib/queries/resources.ts'
import type { InstallationActions } from './installation-actions.ts'
import { InstallationMenu } from './installation-menu.tsx'

interface InstallationTableProps {
  cluster: Cluster
  actions: InstallationActions
  cancel: WorkitemActions['cancel']
}

const statusOptions = Object.entries(statusLooks.installation).map(([value, look]) => ({
  value,
  label: look.word,
}))

/** What is installed on a cluster. */
export function InstallationTable({ cluster, actions, cancel }: InstallationTableProps) {
  const { name: namespace, canChange } = useNamespace()
  const list = useListState(installationFilters)
  const query = toListQuery(list, { pageSize: installationsPageSize, fixed: { clusterName: cluster.name } })
  const { data, error } = useQuery(queries.installations(namespace, query))
  const isFiltered = Object.keys(list.filters).length > 0
  const hasAny = Object.keys(cluster.installationsByStatus).length > 0
  return (
    <section aria-label="Installations">
      <DataTable
        label="Installations"
        columns={columnsIn(namespace, actions, cancel)}
        rows={data?.rows}
        keyOf={(installation) => installation.name}
        total={data?.total}
        page={list.page}
        pageSize={installationsPageSize}
        onPage={list.setPage}
        sort={list.sort}
        onSort={list.setSort}
        failure={error ? describeFailure(error) : null}
        toolbar={
          <>
            <Box
              component="h2"
              sx={{ flex: 1, m: 0, pl: 0.5, fontSize: '0.875rem', fontWeight: 600, alignSelf: 'center' }}
            >
              Installations
            </Box>
            {hasAny || isFiltered ? (
              <FilterSelect
                label="Status"
                value={list.filters.installationStatus}
                options={statusOptions}
                onChange={(value) => list.setFilter('installationStatus', value)}
              />
            ) : null}
          </>
        }
        empty={
          isFiltered || list.page > 1 ? (
            <EmptyState
              title="No installation matches"
              action={<Button onClick={list.clearFilters}>Clear filters</Button>}
            />
          ) : (
            <EmptyState
              icon={<InstallationIcon />}
              title="Nothing is installed here yet"
              action={
                canChange ? (
                  <ButtonLink
                    href={addresses.newInstallation(namespace, cluster.name)}
                    startIcon={<DeployIcon aria-hidden />}
                  >
                    Deploy
                  </ButtonLink>
                ) : undefined
              }
            >
              A deploy makes an installation: one StatefulSet, and the Services, Ingresses, ConfigMaps and
              Secrets around it.
            </EmptyState>
          )
        }
      />
    </section>
  )
}

/** The pod's name begins like the installation's, which stands beside it. */
const withoutPod = (reason: string) => reason.replace(/^Pod \S+: /, '')

function columnsIn(
  namespace: string,
  actions: InstallationActions,
  cancel: WorkitemActions['cancel'],
): readonly Column<Installation>[] {
  return [
    {
      key: 'name',
      label: 'Name',
      sortBy: 'name',
      render: (row) => (
        <Box sx={{ minWidth: 110 }}>
          <TextLink href={addresses.installation(namespace, row.clusterName, row.name)} isStrong>
            {row.name}
          </TextLink>
        </Box>
      ),
    },
    {
      key: 'status',
      label: 'Status',
      sortBy: 'installationStatus',
      render: (row) => (
        <Box
          sx={{
            display: 'grid',
            gap: 0.25,
            justifyItems: 'start',
            // A reason needs room for its first words, or it says nothing.
            ...(row.statusReason ? { minWidth: { xs: 110, sm: 180 } } : {}),
          }}
        >
          <StatusBadge of="installation" status={row.installationStatus} isPlain />
          {row.statusReason ? (
            <Box
              sx={{
                color: 'text.tertiary',
                fontSize: '0.75rem',
                maxWidth: 320,
                display: '-webkit-box',
                WebkitLineClamp: 2,
                WebkitBoxOrient: 'vertical',
                overflow: 'hidden',
                overflowWrap: 'anywhere',
              }}
            >
              {withoutPod(row.statusReason)}
            </Box>
          ) : null}
        </Box>
      ),
    },
    {
      key: 'replicas',
      label: 'Ready',
      align: 'right',
      from: 'sm',
      render: (row) =>
        `${row.k8sInstallationInfo?.replicasReady ?? '–'} / ${row.k8sState === 'stopped' ? 0 : row.replicaCount}`,
    },
    {
      key: 'k8sNamespace',
      label: 'K8s namespace',
      sortBy: 'k8sNamespace',
      from: 'md',
      render: (row) => row.k8sNamespace,
    },
    {
      key: 'revision',
      label: 'Revision',
      align: 'right',
      sortBy: 'revision',
      from: 'lg',
      render: (row) => row.revision,
    },
    {
      key: 'date',
      label: 'Last deploy',
      sortBy: 'installationDate',
      from: 'md',
      render: (row) => <RelativeTime at={row.installationDate} />,
    },
    {
      key: 'menu',
      label: 'Actions',
      isLabelHidden: true,
      align: 'right',
      render: (row) => <InstallationMenu installation={row} actions={actions} cancel={cancel} />,
    },
  ]
}
