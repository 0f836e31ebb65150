'use client'

import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId, useState } from 'react'
import type { LibraryItem } from '#lib/domain/library.ts'
import { imageTypes, videoTypes } from '#lib/domain/media-type.ts'
import { libraryContentAddress } from '#lib/queries/library.ts'

/** Only what its bytes say is a picture or a film is shown in a page. */
export const canPreview = ({ fileType }: LibraryItem): boolean => isImage(fileType) || isVideo(fileType)
const isImage = (type: string) => imageTypes.some((known) => known === type)
const isVideo = (type: string) => videoTypes.some((known) => known === type)

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
