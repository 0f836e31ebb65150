'use client'

import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import IconButton from '@mui/material/IconButton'
import LinearProgress from '@mui/material/LinearProgress'
import OutlinedInput from '@mui/material/OutlinedInput'
import Typography from '@mui/material/Typography'
import { useId } from 'react'
import { FaultText } from '#components/form/field-frame.tsx'
import { CloseIcon, UploadIcon } from '#components/ui/icons.ts'
import { Panel } from '#components/ui/panel.tsx'
import { formatBytes } from './library-words.ts'
import { describeUploadFault, type Upload } from './uploads.ts'

interface UploadPanelProps {
  uploads: readonly Upload[]
  isSending: boolean
  onRename: (id: number, name: string) => void
  onRemove: (id: number) => void
  onSend: () => void
}

/** The files chosen, with the names they will get; nothing is sent before the button is pressed. */
export function UploadPanel({ uploads, isSending, onRename, onRemove, onSend }: UploadPanelProps) {
  const ready = uploads.filter((upload) => describeUploadFault(upload, uploads) === undefined).length
  return (
    <Panel
      title="To upload"
      description="A name may hold “/”. An item of the same name gets the new content; what is deployed keeps the old one."
      actions={
        <Button
          variant="contained"
          color="primary"
          startIcon={<UploadIcon aria-hidden />}
          disabled={ready === 0 || isSending}
          onClick={onSend}
        >
          {isSending ? 'Uploading…' : ready === 1 ? 'Upload 1 file' : `Upload ${ready} files`}
        </Button>
      }
    >
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.5 }}>
        {uploads.map((upload) => (
          <UploadRow
            key={upload.id}
            upload={upload}
            fault={describeUploadFault(upload, uploads)}
            onRename={(name) => onRename(upload.id, name)}
            onRemove={() => onRemove(upload.id)}
          />
        ))}
      </Box>
    </Panel>
  )
}

interface UploadRowProps {
  upload: Upload
  fault: string | undefined
  onRename: (name: string) => void
  onRemove: () => void
}

function UploadRow({ upload, fault, onRename, onRemove }: UploadRowProps) {
  const { file, name, state, sentBytes } = upload
  const id = useId()
  const shown = fault ?? (state === 'failed' ? upload.failure : undefined)
  const percent = file.size === 0 ? 100 : Math.floor((sentBytes / file.size) * 100)
  return (
    <Box component="li">
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <OutlinedInput
          value={name}
          onChange={(event) => onRename(event.target.value)}
          readOnly={state === 'sending'}
          error={shown !== undefined}
          fullWidth
          slotProps={{
            input: {
              'aria-label': `Name of ${file.name}`,
              'aria-describedby': id,
              autoComplete: 'off',
              spellCheck: false,
            },
          }}
        />
        <Typography
          variant="caption"
          sx={{ color: 'text.tertiary', whiteSpace: 'nowrap', minWidth: 70, textAlign: 'right' }}
        >
          {formatBytes(file.size)}
        </Typography>
        <IconButton
          size="small"
          aria-label={state === 'sending' ? `Cancel ${name}` : `Take out ${name}`}
          onClick={onRemove}
        >
          <CloseIcon aria-hidden />
        </IconButton>
      </Box>
      {state === 'sending' && (
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mt: 0.75 }}>
          <LinearProgress
            variant="determinate"
            value={percent}
            aria-label={`Uploading ${name}`}
            sx={{ flex: 1 }}
          />
          <Typography variant="caption" sx={{ color: 'text.tertiary', minWidth: 132, textAlign: 'right' }}>
            {percent === 100 ? 'being stored' : `${formatBytes(sentBytes)} of ${formatBytes(file.size)}`}
          </Typography>
        </Box>
      )}
      <FaultText id={id} fault={shown} />
    </Box>
  )
}
