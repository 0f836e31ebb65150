'use client'

import Dialog from '@mui/material/Dialog'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId, type ReactNode } from 'react'

interface FormDialogProps {
  title: string
  isOpen: boolean
  onClose: () => void
  children: ReactNode
}

/** A dialog around one form. What was typed goes when it closes, so it does not close by a click beside it. */
export function FormDialog({ title, isOpen, onClose, children }: FormDialogProps) {
  const titleId = useId()
  return (
    <Dialog
      open={isOpen}
      onClose={(_, reason) => {
        if (reason === 'escapeKeyDown') onClose()
      }}
      maxWidth="xs"
      fullWidth
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent sx={{ pb: 3 }}>{children}</DialogContent>
    </Dialog>
  )
}
