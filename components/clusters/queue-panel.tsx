'use client'

import { useQuery } from '@tanstack/react-query'
import Box from '@mui/material/Box'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { contactOf } from '#components/statuses/worker-contact.ts'
import { Panel } from '#components/ui/panel.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { useNow } from '#components/ui/use-now.ts'
import { ItemButtons } from '#components/workitems/item-buttons.tsx'
import { ProgressLine } from '#components/workitems/progress-line.tsx'
import { QueueStatus } from '#components/workitems/queue-status.tsx'
import { operationWords } from '#components/workitems/words.ts'
import { WorkitemErrorPanel } from '#components/workitems/workitem-error-panel.tsx'
import type { WorkitemActions } from '#components/workitems/workitem-actions.ts'
import { addresses } from '#lib/domain/addresses.ts'
import type { Cluster } from '#lib/domain/cluster.ts'
import type { Workitem } from '#lib/domain/workitem.ts'
import { queries } from '#lib/queries/resources.ts'
import { queueQuery } from './queue-query.ts'

interface QueuePanelProps {
  cluster: Cluster
  actions: WorkitemActions
}

/** What is queued for this cluster. It stays until the worker has acted, and clears by itself. */
export function QueuePanel({ cluster, actions }: QueuePanelProps) {
  const { name: namespace } = useNamespace()
  const { data } = useQuery(queries.workitems(namespace, queueQuery(cluster.name)))
  const items = data?.rows ?? []
  if (items.length === 0) return null
  const total = data?.total ?? items.length
  const shownQueued = items.filter((item) => item.status === 'REQUESTED' || item.status === 'PENDING').length
  // What is not shown may wait or have failed; the cluster's own count tells them apart.
  const queued = total > items.length ? cluster.queueLength : shownQueued
  return (
    <Panel
      isFlush
      title={
        <span aria-live="polite">{queued === 0 ? 'Nothing waits in the queue' : countItems(queued)}</span>
      }
      description={
        <QueueHint cluster={cluster} isWaiting={items.some((item) => item.status === 'REQUESTED')} />
      }
      actions={
        <TextLink
          href={`${addresses.workitems(namespace)}?clusterName=${encodeURIComponent(cluster.name)}`}
          isQuiet
        >
          All of them
        </TextLink>
      }
    >
      <Box component="ul" aria-label="Work items" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {items.map((item) => (
          <QueueItem key={item.requestId} item={item} actions={actions} />
        ))}
      </Box>
      {total > items.length ? (
        <Box
          sx={{
            px: 2,
            py: 1,
            borderTop: 1,
            borderColor: 'divider',
            fontSize: '0.75rem',
            color: 'text.tertiary',
          }}
        >
          and {(total - items.length).toLocaleString('en')} more
        </Box>
      ) : null}
    </Panel>
  )
}

const countItems = (count: number) =>
  count === 1 ? '1 work item in the queue' : `${count.toLocaleString('en')} work items in the queue`

/** Why nothing moves, when that is so. */
function QueueHint({ cluster, isWaiting }: { cluster: Cluster; isWaiting: boolean }) {
  const { name: namespace } = useNamespace()
  const contact = useNow((now) => contactOf(cluster.workerLastSeen, now), 'connected')
  if (!isWaiting || contact === 'connected') {
    return cluster.workerMode === 'once' ? 'The worker comes once a minute.' : null
  }
  const connect = <TextLink href={addresses.connect(namespace, cluster.name)}>Connect a worker</TextLink>
  return contact === 'never' ? (
    <>No worker has come for this cluster yet. What is queued waits, and nothing is lost. {connect}</>
  ) : (
    <>
      The worker has been silent for{' '}
      {cluster.workerLastSeen ? <RelativeTime at={cluster.workerLastSeen} form="age" /> : 'long'}. What is
      queued waits until it is back.
    </>
  )
}

function QueueItem({ item, actions }: { item: Workitem; actions: WorkitemActions }) {
  const { name: namespace } = useNamespace()
  return (
    <Box
      component="li"
      sx={{
        px: 2,
        py: 1.25,
        display: 'grid',
        gap: 1,
        fontSize: '0.8125rem',
        '&:not(:first-of-type)': { borderTop: 1, borderColor: 'divider' },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, flexWrap: 'wrap' }}>
        <QueueStatus item={item} />
        <Box sx={{ flex: '1 1 220px', minWidth: 0 }}>
          <TextLink href={addresses.workitem(namespace, item.requestId)} isStrong>
            {operationWords[item.operation]} {item.installationName}
          </TextLink>
          <Box sx={{ color: 'text.tertiary', fontSize: '0.75rem', overflowWrap: 'anywhere' }}>
            <RelativeTime at={item.requestedAt} /> by {item.requestedBy}
            {item.placeInQueue === null ? '' : ` · ${describePlace(item.placeInQueue)}`}
            {item.attempts > 0 ? ` · ${item.attempts} lost ${item.attempts === 1 ? 'lease' : 'leases'}` : ''}
          </Box>
        </Box>
        {item.status === 'PENDING' && item.progress ? <ProgressLine progress={item.progress} /> : null}
        {item.error ? null : <ItemButtons item={item} actions={actions} />}
      </Box>
      {item.error ? (
        <WorkitemErrorPanel error={item.error} action={<ItemButtons item={item} actions={actions} />} />
      ) : null}
    </Box>
  )
}

function describePlace(place: number): string {
  if (place === 0) return 'next in the queue'
  return place >= 1000 ? 'more than 1,000 before it' : `${place} before it`
}
