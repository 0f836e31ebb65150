'use client'

import Box from '@mui/material/Box'
import type { Column } from '#components/ui/data-table.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { addresses } from '#lib/domain/addresses.ts'
import type { AnyWorkitem } from '#lib/queries/resources.ts'
import { ProgressLine } from './progress-line.tsx'
import { QueueStatus } from './queue-status.tsx'
import { operationWords } from './words.ts'

/** What every list of items shows, in the queue and in the history. */
export function workitemColumns(namespace: string): Column<AnyWorkitem>[] {
  return [
    {
      key: 'what',
      label: 'Work item',
      sortBy: 'installationName',
      render: (item) => (
        <TextLink href={addresses.workitem(namespace, item.requestId)} isStrong>
          {operationWords[item.operation]} {item.installationName}
        </TextLink>
      ),
    },
    {
      key: 'status',
      label: 'Status',
      sortBy: 'status',
      render: (item) => (
        <Box sx={{ display: 'grid', gap: 0.5, justifyItems: 'start' }}>
          <QueueStatus item={item} isPlain />
          {item.status === 'PENDING' && item.progress ? <ProgressLine progress={item.progress} /> : null}
          {item.error && item.status !== 'SUCCEEDED' ? (
            <Box
              sx={{
                color: 'text.tertiary',
                fontSize: '0.75rem',
                maxWidth: 340,
                display: '-webkit-box',
                WebkitLineClamp: 2,
                WebkitBoxOrient: 'vertical',
                overflow: 'hidden',
                overflowWrap: 'anywhere',
              }}
            >
              {item.error.message}
            </Box>
          ) : null}
        </Box>
      ),
    },
    {
      key: 'cluster',
      label: 'Cluster',
      sortBy: 'clusterName',
      from: 'sm',
      render: (item) => (
        <TextLink href={addresses.cluster(namespace, item.clusterName)} isQuiet>
          {item.clusterName}
        </TextLink>
      ),
    },
    {
      key: 'requested',
      label: 'Requested',
      sortBy: 'requestedAt',
      from: 'sm',
      render: (item) => <RelativeTime at={item.requestedAt} />,
    },
    { key: 'by', label: 'By', sortBy: 'requestedBy', from: 'md', render: (item) => item.requestedBy },
  ]
}
