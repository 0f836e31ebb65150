'use client'

import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import Typography from '@mui/material/Typography'
import { useId, type ReactNode } from 'react'
import { CopyField } from '#components/ui/copy-field.tsx'

interface ShownOnceDialogProps {
  title: string
  label: string
  /** Null: closed. */
  value: string | null
  onClose: () => void
  children: ReactNode
}

/** A password or token, told this once. It closes by its button only. */
export function ShownOnceDialog({ title, label, value, onClose, children }: ShownOnceDialogProps) {
  const titleId = useId()
  return (
    <Dialog open={value !== null} maxWidth="sm" fullWidth aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5 }}>
        <CopyField label={label} value={value ?? ''} />
        <Typography sx={{ color: 'text.secondary' }}>{children}</Typography>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" color="primary" onClick={onClose}>
          I have copied it
        </Button>
      </DialogActions>
    </Dialog>
  )
}
