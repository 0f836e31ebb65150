'use client'

import Box from '@mui/material/Box'
import LinearProgress from '@mui/material/LinearProgress'
import type { WorkitemProgress } from '#lib/domain/workitem.ts'
import { countOf, describeProgress } from './words.ts'

/** Where the worker stands, counted: a bar that moves only when something was done. */
export function ProgressLine({ progress }: { progress: WorkitemProgress }) {
  const count = countOf(progress)
  const words = describeProgress(progress)
  return (
    <Box sx={{ display: 'grid', gap: 0.5, minWidth: 140 }}>
      <Box
        component="span"
        sx={{ fontSize: '0.75rem', color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}
      >
        {words}
      </Box>
      <LinearProgress
        aria-label={words}
        color="info"
        {...(count && count.total > 0
          ? { variant: 'determinate', value: (100 * Math.min(count.done, count.total)) / count.total }
          : { variant: 'indeterminate' })}
      />
    </Box>
  )
}
