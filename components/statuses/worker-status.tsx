'use client'

import Box from '@mui/material/Box'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { useNow } from '#components/ui/use-now.ts'
import { StatusBadge } from './status-badge.tsx'
import { contactOf } from './worker-contact.ts'

/** `Connected 4 s ago`, `Silent 6 min` or `Never seen`. */
export function WorkerStatus({ lastSeen, isPlain = false }: { lastSeen: string | null; isPlain?: boolean }) {
  const contact = useNow((now) => contactOf(lastSeen, now), lastSeen === null ? 'never' : 'connected')
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.75,
        whiteSpace: 'nowrap',
        verticalAlign: 'middle',
      }}
    >
      <StatusBadge of="worker" status={contact} isPlain={isPlain} />
      {lastSeen === null ? null : (
        <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.75rem' }}>
          <RelativeTime at={lastSeen} form={contact === 'silent' ? 'age' : 'ago'} />
        </Box>
      )}
    </Box>
  )
}
