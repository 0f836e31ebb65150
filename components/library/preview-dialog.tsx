'use client'

import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId, useState } from 'react'
import type { LibraryItem } from '#lib/domain/library.ts'
import { libraryContentAddress } from '#lib/queries/library.ts'
import { isVideo } from './can-preview.ts'

interface PreviewDialogProps {
  namespace: string
  item: LibraryItem
  onClose: () => void
}

export function PreviewDialog({ namespace, item, onClose }: PreviewDialogProps) {
  const titleId = useId()
  const [isBroken, setIsBroken] = useState(false)
  const address = libraryContentAddress(namespace, item)
  const sx = { display: 'block', maxWidth: '100%', maxHeight: '70vh', mx: 'auto' }
  return (
    <Dialog open onClose={onClose} maxWidth="md" fullWidth aria-labelledby={titleId}>
      <DialogTitle id={titleId} sx={{ overflowWrap: 'anywhere' }}>
        {item.name}
      </DialogTitle>
      <DialogContent>
        {isBroken ? (
          'This browser cannot show it. Download it instead.'
        ) : isVideo(item.fileType) ? (
          <Box component="video" src={address} controls sx={sx} onError={() => setIsBroken(true)} />
        ) : (
          <Box component="img" src={address} alt={item.name} sx={sx} onError={() => setIsBroken(true)} />
        )}
      </DialogContent>
      <DialogActions>
        <Button component="a" href={address} download>
          Download
        </Button>
        <Button onClick={onClose} variant="contained" color="primary">
          Close
        </Button>
      </DialogActions>
    </Dialog>
  )
}
