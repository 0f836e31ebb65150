'use client'

import MenuItem from '@mui/material/MenuItem'
import Select from '@mui/material/Select'

interface FilterSelectProps {
  label: string
  value: string | undefined
  options: readonly { value: string; label: string }[]
  onChange: (value: string | null) => void
}

/** One filter of a list: `Status: all`, or the value chosen. */
export function FilterSelect({ label, value, options, onChange }: FilterSelectProps) {
  // A value from the address that is no choice is still shown: the list is filtered by it.
  const isKnown = value === undefined || options.some((option) => option.value === value)
  return (
    <Select
      size="small"
      value={value ?? ''}
      displayEmpty
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      renderValue={(chosen) =>
        `${label}: ${chosen === '' ? 'all' : (options.find((option) => option.value === chosen)?.label ?? chosen)}`
      }
      SelectDisplayProps={{ 'aria-label': `Filter by ${label.toLowerCase()}` }}
      sx={{ fontSize: '0.78125rem', '& .MuiSelect-select': { py: '4px', pl: '10px' } }}
    >
      <MenuItem value="">All</MenuItem>
      {isKnown ? null : <MenuItem value={value}>{value}</MenuItem>}
      {options.map((option) => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </Select>
  )
}
