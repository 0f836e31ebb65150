'use client'

import Box from '@mui/material/Box'
import { useState, type DragEvent, type ReactNode } from 'react'
import { UploadIcon } from '#components/ui/icons.ts'

interface DropZoneProps {
  label: string
  isEnabled: boolean
  onFiles: (files: File[]) => void
  children: ReactNode
}

/** A part of the page that takes files dropped on it. The button beside it does the same without a pointer. */
export function DropZone({ label, isEnabled, onFiles, children }: DropZoneProps) {
  const [isOver, setIsOver] = useState(false)
  const takesFiles = (event: DragEvent) => isEnabled && event.dataTransfer.types.includes('Files')
  return (
    <Box
      data-testid="drop-zone"
      onDragOver={(event) => {
        if (!takesFiles(event)) return
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={(event) => {
        const into = event.relatedTarget
        if (!(into instanceof Node) || !event.currentTarget.contains(into)) setIsOver(false)
      }}
      onDrop={(event) => {
        if (!takesFiles(event)) return
        event.preventDefault()
        setIsOver(false)
        onFiles([...event.dataTransfer.files])
      }}
      sx={{ position: 'relative', display: 'grid', gap: 2, minHeight: '40vh', alignContent: 'start' }}
    >
      {children}
      {isOver && (
        <Box
          sx={{
            position: 'absolute',
            inset: -8,
            zIndex: 1,
            display: 'flex',
            alignItems: 'flex-start',
            justifyContent: 'center',
            gap: 1,
            pt: 8,
            border: 2,
            borderStyle: 'dashed',
            borderColor: 'accent.main',
            borderRadius: '10px',
            bgcolor: 'color-mix(in srgb, var(--windlass-palette-background-default) 88%, transparent)',
            fontWeight: 600,
            pointerEvents: 'none',
          }}
        >
          <UploadIcon size={18} aria-hidden /> {label}
        </Box>
      )}
    </Box>
  )
}
