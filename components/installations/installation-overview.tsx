'use client'

import { useQuery } from '@tanstack/react-query'
import Box from '@mui/material/Box'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { ItemButtons } from '#components/workitems/item-buttons.tsx'
import { OperationSteps } from '#components/workitems/operation-steps.tsx'
import { QueueStatus } from '#components/workitems/queue-status.tsx'
import type { WorkitemActions } from '#components/workitems/workitem-actions.ts'
import { WorkitemErrorPanel } from '#components/workitems/workitem-error-panel.tsx'
import { operationWords } from '#components/workitems/words.ts'
import { addresses } from '#lib/domain/addresses.ts'
import type { Workitem } from '#lib/domain/workitem.ts'
import { queries } from '#lib/queries/resources.ts'
import { InstallationFacts } from './installation-facts.tsx'
import { outstandingQuery } from './installation-queries.ts'
import { RecentOperations } from './recent-operations.tsx'
import { TroublePanel } from './trouble-panel.tsx'

interface InstallationOverviewProps {
  installationName: string
  clusterName: string
  actions: WorkitemActions
}

/** Desired, observed, and how fresh that is; what is under way; why pods do not start. */
export function InstallationOverview({ installationName, clusterName, actions }: InstallationOverviewProps) {
  const { name: namespace } = useNamespace()
  const { data: installation } = useQuery(queries.installation(namespace, installationName))
  const { data: cluster } = useQuery(queries.cluster(namespace, clusterName))
  const { data: outstanding } = useQuery(queries.workitems(namespace, outstandingQuery(installationName)))
  if (!installation) return null
  return (
    <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      {outstanding?.rows.map((item) => (
        <Outstanding key={item.requestId} item={item} actions={actions} />
      ))}
      <InstallationFacts installation={installation} cluster={cluster} />
      <TroublePanel installation={installation} />
      <RecentOperations installationName={installationName} />
    </Box>
  )
}

function Outstanding({ item, actions }: { item: Workitem; actions: WorkitemActions }) {
  const { name: namespace } = useNamespace()
  if (item.error && item.status !== 'PENDING' && item.status !== 'REQUESTED') {
    return (
      <WorkitemErrorPanel
        error={item.error}
        action={
          <>
            <ItemButtons item={item} actions={actions} />
            <TextLink href={addresses.workitem(namespace, item.requestId)}>
              {operationWords[item.operation]} in full
            </TextLink>
          </>
        }
      />
    )
  }
  return (
    <Panel
      title={
        <TextLink href={addresses.workitem(namespace, item.requestId)} isStrong>
          {operationWords[item.operation]}
          {item.revision === null ? '' : ` of revision ${item.revision}`}
        </TextLink>
      }
      description={`Requested by ${item.requestedBy}`}
      actions={
        <>
          <QueueStatus item={item} />
          <ItemButtons item={item} actions={actions} />
        </>
      }
    >
      <OperationSteps item={item} />
    </Panel>
  )
}
