'use client'

import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import NextLink from 'next/link'
import type { ReactNode } from 'react'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { ProgressIcon } from '#components/ui/icons.ts'
import { spin } from '#components/ui/motion.ts'
import type { Failure } from '#lib/domain/action-result.ts'

interface FormShellProps {
  /** Names the form for assistive technology. */
  label: string
  onSubmit: (event?: React.BaseSyntheticEvent) => unknown
  error: Failure | null
  loading: boolean
  submitLabel: string
  /** While it runs; says what is being done. */
  loadingLabel?: string
  cancelHref?: string
  onCancel?: () => void
  isDestructive?: boolean
  /** The button as wide as the form. */
  isWide?: boolean
  /** What stands left of the buttons. */
  note?: ReactNode
  children: ReactNode
}

/** The frame of every form. It cannot be used without saying what has failed and whether it is under way. */
export function FormShell(props: FormShellProps) {
  const { label, onSubmit, error, loading, submitLabel, loadingLabel, cancelHref, onCancel, note } = props
  return (
    <Box
      component="form"
      aria-label={label}
      noValidate
      aria-busy={loading}
      onSubmit={(event: React.FormEvent) => void onSubmit(event)}
      sx={{ display: 'grid', gap: 2.5 }}
    >
      {props.children}
      {error ? <ErrorPanel failure={error} /> : null}
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Button
          type="submit"
          variant="contained"
          color={props.isDestructive ? 'error' : 'primary'}
          disabled={loading}
          fullWidth={props.isWide ?? false}
          startIcon={loading ? <Box component={ProgressIcon} aria-hidden sx={spin} /> : undefined}
        >
          {loading ? (loadingLabel ?? submitLabel) : submitLabel}
        </Button>
        {cancelHref ? (
          <Button component={NextLink} href={cancelHref} variant="text">
            Cancel
          </Button>
        ) : null}
        {onCancel ? (
          <Button onClick={onCancel} variant="text" disabled={loading}>
            Cancel
          </Button>
        ) : null}
        {note ? (
          <Box sx={{ color: 'text.tertiary', fontSize: '0.75rem', flex: 1, minWidth: 180 }}>{note}</Box>
        ) : null}
      </Box>
    </Box>
  )
}
