'use client'

import { useQuery } from '@tanstack/react-query'
import Box from '@mui/material/Box'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { QueueStatus } from '#components/workitems/queue-status.tsx'
import { operationWords } from '#components/workitems/words.ts'
import { addresses } from '#lib/domain/addresses.ts'
import { queries } from '#lib/queries/resources.ts'
import { recentQuery } from './installation-queries.ts'

/** The latest operations that have finished. */
export function RecentOperations({ installationName }: { installationName: string }) {
  const { name: namespace } = useNamespace()
  const { data } = useQuery(queries.history(namespace, recentQuery(installationName)))
  if (!data || data.rows.length === 0) return null
  const all = `${addresses.workitems(namespace)}?view=history&installationName=${encodeURIComponent(installationName)}`
  return (
    <Panel
      title="Recent operations"
      isFlush
      actions={
        <TextLink href={all} isQuiet>
          All of them
        </TextLink>
      }
    >
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {data.rows.map((item) => (
          <Box
            component="li"
            key={item.requestId}
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              alignItems: 'center',
              gap: 1.5,
              px: 2,
              py: 1,
              fontSize: '0.8125rem',
              '&:not(:first-of-type)': { borderTop: 1, borderColor: 'divider' },
            }}
          >
            <Box sx={{ minWidth: 104 }}>
              <QueueStatus item={item} isPlain />
            </Box>
            <Box sx={{ flex: '1 1 140px' }}>
              <TextLink href={addresses.workitem(namespace, item.requestId)} isStrong>
                {operationWords[item.operation]}
                {item.operation === 'deploy' && item.revision !== null ? ` of revision ${item.revision}` : ''}
              </TextLink>
            </Box>
            <Box sx={{ color: 'text.secondary' }}>{item.requestedBy}</Box>
            <Box sx={{ color: 'text.tertiary', minWidth: 84, textAlign: 'right' }}>
              <RelativeTime at={item.finishedAt} />
            </Box>
          </Box>
        ))}
      </Box>
    </Panel>
  )
}
