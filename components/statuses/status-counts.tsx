'use client'

import Box from '@mui/material/Box'
import type { InstallationStatus } from '#lib/domain/installation.ts'
import { statusLooks } from './status-looks.ts'

/** Worst first: what needs somebody is seen without looking for it. */
const order: readonly InstallationStatus[] = [
  'FAILED',
  'DAMAGED',
  'STARTING',
  'STOPPING',
  'RUNNING',
  'STOPPED',
]

/** Installations by state, as counted icons with their words. */
export function StatusCounts({ counts }: { counts: Partial<Record<InstallationStatus, number>> }) {
  const present = order.filter((status) => (counts[status] ?? 0) > 0)
  if (present.length === 0) return <Box sx={{ color: 'text.tertiary' }}>None</Box>
  return (
    <Box
      component="ul"
      sx={{ m: 0, p: 0, listStyle: 'none', display: 'flex', flexWrap: 'wrap', columnGap: 1.5 }}
    >
      {present.map((status) => {
        const look = statusLooks.installation[status]
        return (
          <Box
            component="li"
            key={status}
            sx={{
              display: 'inline-flex',
              alignItems: 'center',
              gap: 0.625,
              color: `${look.tone}.main`,
              whiteSpace: 'nowrap',
            }}
          >
            <Box component={look.icon} aria-hidden sx={{ width: 13, height: 13 }} />
            <Box component="span" sx={{ color: 'text.primary' }}>
              {counts[status]} {look.word.toLowerCase()}
            </Box>
          </Box>
        )
      })}
    </Box>
  )
}
