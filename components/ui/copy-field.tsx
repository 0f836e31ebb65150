'use client'

import Box from '@mui/material/Box'
import Typography from '@mui/material/Typography'
import { CopyButton } from './copy-button.tsx'

interface CopyFieldProps {
  /** Names what is copied. */
  label: string
  value: string
  /** Several lines, as typed. */
  isBlock?: boolean
  hint?: string
}

/** A value to take elsewhere: shown in full, selected by one click, copied by one button. */
export function CopyField({ label, value, isBlock = false, hint }: CopyFieldProps) {
  return (
    <Box sx={{ minWidth: 0 }}>
      <Box
        sx={{
          display: 'flex',
          alignItems: isBlock ? 'flex-start' : 'center',
          gap: 1,
          border: 1,
          borderColor: 'divider',
          borderRadius: '6px',
          bgcolor: 'background.sunken',
          pl: 1.5,
          pr: 0.5,
          py: isBlock ? 1 : 0.25,
        }}
      >
        <Typography
          variant="mono"
          component={isBlock ? 'pre' : 'code'}
          aria-label={label}
          {...(isBlock ? { tabIndex: 0, role: 'group' } : {})}
          sx={{
            flex: 1,
            minWidth: 0,
            m: 0,
            userSelect: 'all',
            ...(isBlock ? { overflowX: 'auto' } : { overflowWrap: 'anywhere' }),
          }}
        >
          {value}
        </Typography>
        <CopyButton text={value} label={`Copy ${label}`} />
      </Box>
      {hint ? (
        <Typography variant="caption" component="p" sx={{ color: 'text.tertiary', m: 0, mt: 0.5 }}>
          {hint}
        </Typography>
      ) : null}
    </Box>
  )
}
