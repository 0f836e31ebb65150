import Box from '@mui/material/Box'
import type { ReactNode } from 'react'

interface FactListProps {
  facts: readonly { label: string; value: ReactNode }[]
  /** Side by side in as many columns as fit; else one below the other. */
  isGrid?: boolean
}

/** Names and values, as a description list. */
export function FactList({ facts, isGrid = false }: FactListProps) {
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        gap: isGrid ? '14px 24px' : '8px 16px',
        gridTemplateColumns: isGrid ? 'repeat(auto-fill, minmax(150px, 1fr))' : 'minmax(110px, auto) 1fr',
        fontSize: '0.8125rem',
        '& dt': { color: 'text.tertiary', fontSize: isGrid ? '0.75rem' : 'inherit' },
        '& dd': { m: 0, minWidth: 0, overflowWrap: 'anywhere' },
      }}
    >
      {facts.map(({ label, value }) =>
        isGrid ? (
          <Box key={label} sx={{ minWidth: 0 }}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </Box>
        ) : (
          <Box key={label} sx={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </Box>
        ),
      )}
    </Box>
  )
}
