'use client'

import Box from '@mui/material/Box'
import { ExpandIcon } from './icons.ts'

interface FilterSelectProps {
  label: string
  value: string | undefined
  options: readonly { value: string; label: string }[]
  onChange: (value: string | null) => void
}

/** One filter of a list. The browser's own select: lists open with it at once, and it is right on every phone. */
export function FilterSelect({ label, value, options, onChange }: FilterSelectProps) {
  // A value from the address that is no choice is still shown: the list is filtered by it.
  const isKnown = value === undefined || options.some((option) => option.value === value)
  return (
    <Box sx={{ position: 'relative', display: 'inline-flex', alignItems: 'center', maxWidth: '100%' }}>
      <Box
        component="select"
        aria-label={`Filter by ${label.toLowerCase()}`}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        sx={{
          appearance: 'none',
          maxWidth: '100%',
          textOverflow: 'ellipsis',
          font: 'inherit',
          fontSize: '0.78125rem',
          fontWeight: value === undefined ? 450 : 550,
          color: 'text.primary',
          bgcolor: 'background.paper',
          border: 1,
          borderColor: 'divider',
          borderRadius: '6px',
          height: 28,
          pl: 1.25,
          pr: 3.5,
          cursor: 'pointer',
          '&:hover': { borderColor: 'text.disabled' },
          '&:focus-visible': { outline: '2px solid', outlineColor: 'accent.main', outlineOffset: 1 },
          '@media (pointer: coarse)': { height: 40, fontSize: '1rem' },
        }}
      >
        <option value="">{label}: all</option>
        {isKnown ? null : <option value={value}>{value}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {label}: {option.label}
          </option>
        ))}
      </Box>
      <Box
        component={ExpandIcon}
        aria-hidden
        sx={{
          position: 'absolute',
          right: 9,
          width: 14,
          height: 14,
          color: 'text.tertiary',
          pointerEvents: 'none',
        }}
      />
    </Box>
  )
}
