'use client'

import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { statusLooks } from '#components/statuses/status-looks.ts'
import { DataTable, type Column } from '#components/ui/data-table.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { FilterSelect } from '#components/ui/filter-select.tsx'
import { WorkitemsIcon } from '#components/ui/icons.ts'
import { LinkTabs } from '#components/ui/link-tabs.tsx'
import { toListQuery } from '#components/ui/list-state.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { useListState } from '#components/ui/use-list-state.ts'
import { addresses } from '#lib/domain/addresses.ts'
import type { WorkitemStatus } from '#lib/domain/workitem.ts'
import { describeFailure } from '#lib/queries/request-failure.ts'
import { queries, type AnyWorkitem } from '#lib/queries/resources.ts'
import { workitemColumns } from './workitem-columns.tsx'
import { workitemFilters, workitemsPageSize } from './workitem-list-state.ts'
import { operationWords } from './words.ts'

interface WorkitemListProps {
  /** True shows what has left the queue. */
  isHistory: boolean
  clusterNames: readonly string[]
}

const inQueue: readonly WorkitemStatus[] = ['REQUESTED', 'PENDING', 'FAILED', 'INVALID']
const inHistory: readonly WorkitemStatus[] = ['SUCCEEDED', 'CANCELLED', 'SUPERSEDED', 'FAILED', 'INVALID']

const operationOptions = Object.entries(operationWords).map(([value, label]) => ({ value, label }))

/** Every cluster's queue in one table, or what has left it. */
export function WorkitemList({ isHistory, clusterNames }: WorkitemListProps) {
  const { name: namespace } = useNamespace()
  const list = useListState(workitemFilters)
  const query = toListQuery(list, { pageSize: workitemsPageSize })
  const queue = useQuery({ ...queries.workitems(namespace, query), enabled: !isHistory })
  const history = useQuery({ ...queries.history(namespace, query), enabled: isHistory })
  const { data, error } = isHistory ? history : queue
  const isFiltered = Object.keys(list.filters).length > 0
  const filters = [
    {
      name: 'clusterName',
      label: 'Cluster',
      options: clusterNames.map((name) => ({ value: name, label: name })),
    },
    {
      name: 'status',
      label: 'Status',
      options: (isHistory ? inHistory : inQueue).map((status) => ({
        value: status,
        label: statusLooks.workitem[status].word,
      })),
    },
    { name: 'operation', label: 'Operation', options: operationOptions },
  ]
  return (
    <>
      <PageHeader
        title="Workitems"
        description="What workers have been asked to do: durable, in order for each installation, carried out by whoever works for the cluster."
      />
      <LinkTabs
        label="Workitems"
        tabs={[
          { label: 'Queue', href: addresses.workitems(namespace), isHere: !isHistory },
          { label: 'History', href: `${addresses.workitems(namespace)}?view=history`, isHere: isHistory },
        ]}
      />
      <DataTable<AnyWorkitem>
        label={isHistory ? 'History' : 'Queue'}
        columns={[...workitemColumns(namespace), isHistory ? finishedColumn : placeColumn]}
        rows={data?.rows}
        keyOf={(item) => item.requestId}
        total={data?.total}
        page={list.page}
        pageSize={workitemsPageSize}
        onPage={list.setPage}
        sort={list.sort}
        onSort={list.setSort}
        failure={error ? describeFailure(error) : null}
        toolbar={
          <>
            {filters.map(({ name, label, options }) => (
              <FilterSelect
                key={name}
                label={label}
                value={list.filters[name]}
                options={options}
                onChange={(value) => list.setFilter(name, value)}
              />
            ))}
            {isFiltered ? (
              <Button size="small" variant="text" onClick={list.clearFilters}>
                Clear filters
              </Button>
            ) : null}
          </>
        }
        empty={
          isFiltered || list.page > 1 ? (
            <EmptyState
              title="No work item matches"
              action={<Button onClick={list.clearFilters}>Clear filters</Button>}
            />
          ) : isHistory ? (
            <EmptyState icon={<WorkitemsIcon />} title="Nothing has finished yet">
              Items that succeeded, or were cancelled, superseded or dismissed, are kept here.
            </EmptyState>
          ) : (
            <EmptyState icon={<WorkitemsIcon />} title="Every queue is empty">
              A deploy, shutdown, restart or undeploy puts a work item here. The worker of its cluster fetches
              it, and it leaves when it is done.
            </EmptyState>
          )
        }
      />
    </>
  )
}

const placeColumn: Column<AnyWorkitem> = {
  key: 'place',
  label: 'Place',
  align: 'right',
  from: 'md',
  render: (item) =>
    'placeInQueue' in item && item.placeInQueue !== null ? (
      item.placeInQueue + 1
    ) : (
      <span aria-label="none">–</span>
    ),
}

const finishedColumn: Column<AnyWorkitem> = {
  key: 'finished',
  label: 'Finished',
  sortBy: 'finishedAt',
  from: 'md',
  render: (item) => <RelativeTime at={'finishedAt' in item ? item.finishedAt : item.timestamp} />,
}
