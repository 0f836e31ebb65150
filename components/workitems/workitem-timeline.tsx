'use client'

import Box from '@mui/material/Box'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { statusLooks } from '#components/statuses/status-looks.ts'
import type { Tone } from '#components/ui/badge.tsx'
import type { AnyWorkitem } from '#lib/queries/resources.ts'

interface Moment {
  at: string
  label: string
  detail?: string
  tone: Tone
}

/** What is known of an item's life, in order. */
export function momentsOf(item: AnyWorkitem): Moment[] {
  const moments: Moment[] = [
    { at: item.requestedAt, label: 'Requested', detail: `by ${item.requestedBy}`, tone: 'neutral' },
  ]
  if (item.attempts > 0) {
    moments.push({
      at: item.timestamp,
      label: `${item.attempts} ${item.attempts === 1 ? 'lease was' : 'leases were'} lost`,
      detail: 'The worker that held it went silent, and the item went back into the queue.',
      tone: 'warning',
    })
  }
  const look = statusLooks.workitem[item.status]
  if (item.status !== 'REQUESTED') {
    moments.push({
      at: 'finishedAt' in item ? item.finishedAt : item.timestamp,
      label: item.status === 'PENDING' ? 'A worker is at it; last heard of' : look.word,
      tone: look.tone,
    })
  }
  return moments
}

export function WorkitemTimeline({ item }: { item: AnyWorkitem }) {
  return (
    <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {momentsOf(item).map((moment) => (
        <Box
          component="li"
          key={moment.label}
          sx={{
            position: 'relative',
            pl: 2.5,
            pb: 1.75,
            fontSize: '0.8125rem',
            '&:last-of-type': { pb: 0 },
            '&:not(:last-of-type)::before': {
              content: '""',
              position: 'absolute',
              left: 3,
              top: 12,
              bottom: -6,
              width: '1px',
              bgcolor: 'divider',
            },
          }}
        >
          <Box
            aria-hidden
            sx={{
              position: 'absolute',
              left: 0,
              top: 6,
              width: 7,
              height: 7,
              borderRadius: '50%',
              bgcolor: `${moment.tone}.main`,
            }}
          />
          <Box sx={{ fontWeight: 500 }}>{moment.label}</Box>
          <Box sx={{ color: 'text.tertiary', fontSize: '0.75rem', overflowWrap: 'anywhere' }}>
            <RelativeTime at={moment.at} />
            {moment.detail ? ` · ${moment.detail}` : ''}
          </Box>
        </Box>
      ))}
    </Box>
  )
}
