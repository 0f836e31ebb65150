'use client'

import Box from '@mui/material/Box'
import Typography from '@mui/material/Typography'
import type { ReactNode } from 'react'
import { formatFaultPath, type Fault } from '#lib/domain/errors.ts'
import { CopyButton } from './copy-button.tsx'
import { FailedIcon } from './icons.ts'

interface ErrorPanelProps {
  failure: { code?: string; message: string; faults?: readonly Fault[]; errorId?: string }
  title?: string
  /** What the reader can do now. */
  nextStep?: ReactNode
  action?: ReactNode
}

/** An error in full: it stays, can be copied as it is, and says what comes next. */
export function ErrorPanel({ failure, title, nextStep, action }: ErrorPanelProps) {
  const faults = failure.faults ?? []
  const text = [
    failure.message,
    ...faults.map((fault) => `${formatFaultPath(fault.path)}: ${fault.message}`),
    failure.code ? `(${failure.code}${failure.errorId ? `, ${failure.errorId}` : ''})` : '',
  ]
    .filter((line) => line !== '')
    .join('\n')
  return (
    <Box
      role="alert"
      sx={{
        display: 'grid',
        gridTemplateColumns: 'auto 1fr auto',
        columnGap: 1.25,
        p: '12px 12px 12px 14px',
        border: 1,
        borderRadius: '8px',
        borderColor: 'color-mix(in srgb, var(--windlass-palette-error-main) 35%, transparent)',
        bgcolor: 'error.light',
      }}
    >
      <Box
        component={FailedIcon}
        aria-hidden
        sx={{ width: 16, height: 16, color: 'error.main', mt: '2px' }}
      />
      <Box sx={{ minWidth: 0 }}>
        {title ? (
          <Typography variant="h4" component="p" sx={{ color: 'error.main' }}>
            {title}
          </Typography>
        ) : null}
        <Typography variant="body2" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {failure.message}
        </Typography>
        {faults.length > 0 ? (
          <Box component="ul" sx={{ m: 0, mt: 0.5, pl: 2, fontSize: '0.8125rem' }}>
            {faults.map((fault) => (
              <li key={`${formatFaultPath(fault.path)} ${fault.rule}`}>
                <code>{formatFaultPath(fault.path)}</code> {fault.message}
              </li>
            ))}
          </Box>
        ) : null}
        {nextStep ? (
          <Typography variant="body2" component="div" sx={{ mt: 0.75, color: 'text.secondary' }}>
            {nextStep}
          </Typography>
        ) : null}
        {action ? (
          <Box
            sx={{
              mt: 1.25,
              display: 'flex',
              alignItems: 'center',
              gap: 1,
              flexWrap: 'wrap',
              fontSize: '0.8125rem',
            }}
          >
            {action}
          </Box>
        ) : null}
      </Box>
      <CopyButton text={text} label="Copy error" />
    </Box>
  )
}
