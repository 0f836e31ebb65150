import Box from '@mui/material/Box'
import { CheckIcon } from '#components/ui/icons.ts'
import type { SectionNumber, SectionState } from './sections.ts'

/** A section's number, ticked off when it is done. What it means is said in words beside it. */
export function SectionMark({ number, state }: { number: SectionNumber; state: SectionState }) {
  const isFaulty = state.faultCount > 0
  const isDone = state.isDone && number !== 4
  return (
    <Box
      component="span"
      aria-hidden
      sx={{
        width: 24,
        height: 24,
        flexShrink: 0,
        display: 'inline-grid',
        placeItems: 'center',
        borderRadius: '50%',
        fontSize: '0.75rem',
        fontWeight: 600,
        fontVariantNumeric: 'tabular-nums',
        border: 1,
        ...(isFaulty
          ? { borderColor: 'error.main', color: 'error.main', bgcolor: 'error.light' }
          : isDone
            ? { borderColor: 'success.light', color: 'success.main', bgcolor: 'success.light' }
            : { borderColor: 'divider', color: 'text.secondary', bgcolor: 'background.sunken' }),
      }}
    >
      {isDone && !isFaulty ? <CheckIcon size={14} strokeWidth={2.5} /> : number}
    </Box>
  )
}
