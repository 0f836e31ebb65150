'use client'

import { useQuery } from '@tanstack/react-query'
import Box from '@mui/material/Box'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { CopyField } from '#components/ui/copy-field.tsx'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { FactList } from '#components/ui/fact-list.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PageSkeleton } from '#components/ui/page-skeleton.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { addresses } from '#lib/domain/addresses.ts'
import { describeFailure } from '#lib/queries/request-failure.ts'
import { queries, type AnyWorkitem } from '#lib/queries/resources.ts'
import { ItemButtons } from './item-buttons.tsx'
import { ObjectList } from './object-list.tsx'
import { OperationSteps } from './operation-steps.tsx'
import { QueueStatus } from './queue-status.tsx'
import type { WorkitemActions } from './workitem-actions.ts'
import { WorkitemErrorPanel } from './workitem-error-panel.tsx'
import { WorkitemTimeline } from './workitem-timeline.tsx'
import { operationWords } from './words.ts'

interface WorkitemPageProps {
  requestId: string
  actions: WorkitemActions
}

/** One item's whole life. */
export function WorkitemPage({ requestId, actions }: WorkitemPageProps) {
  const { name: namespace } = useNamespace()
  const { data: item, error } = useQuery(queries.workitem(namespace, requestId))
  if (!item) {
    return error ? (
      <ErrorPanel failure={describeFailure(error)} title="This work item could not be read" />
    ) : (
      <PageSkeleton />
    )
  }
  const objects = 'result' in item ? (item.result?.objects ?? item.ancillaries) : item.ancillaries
  return (
    <>
      <PageHeader
        title={`${operationWords[item.operation]} ${item.installationName}`}
        trail={[{ label: 'Workitems', href: addresses.workitems(namespace) }]}
        aside={<QueueStatus item={item} />}
        actions={item.error ? undefined : <ItemButtons item={item} actions={actions} />}
      />
      <Box
        sx={{
          display: 'grid',
          gap: 2.5,
          gridTemplateColumns: { lg: 'minmax(0, 1fr) 320px' },
          alignItems: 'start',
        }}
      >
        <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          {item.error && item.status !== 'SUCCEEDED' ? (
            <WorkitemErrorPanel error={item.error} action={<ItemButtons item={item} actions={actions} />} />
          ) : null}
          {item.status === 'PENDING' || item.progress ? (
            <Panel
              title="Progress"
              description={item.status === 'PENDING' ? undefined : 'As last reported by the worker.'}
            >
              <OperationSteps item={item} />
            </Panel>
          ) : null}
          <Panel title="Request" description="Secret values are references: the console shows them nowhere.">
            <CopyField label="request" value={JSON.stringify(item.request, null, 2)} isBlock />
          </Panel>
          {objects.length > 0 ? (
            <Panel title={`Objects · ${objects.length}`} isFlush>
              <ObjectList objects={objects} />
            </Panel>
          ) : null}
        </Box>
        <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <Panel title="Timeline">
            <WorkitemTimeline item={item} />
          </Panel>
          <Panel title="Facts">
            <FactList facts={factsOf(item, namespace)} />
          </Panel>
        </Box>
      </Box>
    </>
  )
}

function factsOf(item: AnyWorkitem, namespace: string) {
  return [
    {
      label: 'Cluster',
      value: <TextLink href={addresses.cluster(namespace, item.clusterName)}>{item.clusterName}</TextLink>,
    },
    {
      label: 'Installation',
      value: (
        <TextLink href={addresses.installation(namespace, item.clusterName, item.installationName)}>
          {item.installationName}
        </TextLink>
      ),
    },
    { label: 'Revision', value: item.revision ?? '–' },
    { label: 'Requested by', value: item.requestedBy },
    { label: 'Lost leases', value: item.attempts },
    ...('leaseExpiresAt' in item && item.leaseExpiresAt
      ? [{ label: 'Lease ends', value: <RelativeTime at={item.leaseExpiresAt} /> }]
      : []),
    { label: 'Request id', value: <code>{item.requestId}</code> },
  ]
}
