'use client'

import Box from '@mui/material/Box'
import { formatAbsolute, formatAgo, formatDuration } from './relative-time-words.ts'
import { useNow } from './use-now.ts'
import { Tip } from './tip.tsx'

interface RelativeTimeProps {
  /** ISO 8601. */
  at: string
  /** `ago`: 4 s ago. `age`: 4 s. */
  form?: 'ago' | 'age'
}

/** A time that ticks, with the absolute one, local and UTC, on hover and on focus. */
export function RelativeTime({ at, form = 'ago' }: RelativeTimeProps) {
  const moment = Date.parse(at)
  // Selecting the words, not the clock, renders again only when they change.
  const words = useNow(
    (now) => (form === 'ago' ? formatAgo(moment, now) : formatDuration(now - moment)),
    at.slice(0, 16).replace('T', ' '),
  )
  const absolute = formatAbsolute(moment)
  return (
    <Tip
      title={
        <>
          {absolute.local}
          <br />
          {absolute.utc}
        </>
      }
    >
      <Box
        component="time"
        dateTime={at}
        tabIndex={0}
        sx={{
          fontVariantNumeric: 'tabular-nums',
          whiteSpace: 'nowrap',
          borderRadius: '3px',
          '&:focus-visible': { outline: '2px solid', outlineColor: 'accent.main', outlineOffset: 2 },
        }}
      >
        {words}
      </Box>
    </Tip>
  )
}
