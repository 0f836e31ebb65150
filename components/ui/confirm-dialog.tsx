'use client'

import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import OutlinedInput from '@mui/material/OutlinedInput'
import Typography from '@mui/material/Typography'
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import type { ActionResult, Failure } from '#lib/domain/action-result.ts'
import { ErrorPanel } from './error-panel.tsx'

interface ConfirmDialogProps<Answer> {
  isOpen: boolean
  onClose: () => void
  title: string
  /** What will happen, and what goes. */
  children: ReactNode
  /** The verb, as on the button that opened it. */
  confirmLabel: string
  isDestructive?: boolean
  /** Typed before the button works; for a cluster, many things or data. */
  nameToType?: string
  action: () => Promise<ActionResult<Answer>>
  onDone: (answer: Answer) => void
}

/** Asks once more. It stays open with the error when the action is refused. */
export function ConfirmDialog<Answer>(props: ConfirmDialogProps<Answer>) {
  const { isOpen, onClose } = props
  const titleId = useId()
  const [isBusy, setIsBusy] = useState(false)
  return (
    <Dialog
      open={isOpen}
      onClose={isBusy ? undefined : onClose}
      maxWidth="xs"
      fullWidth
      aria-labelledby={titleId}
    >
      {/* The content unmounts with the dialog, so what was typed and what failed do not come back. */}
      <ConfirmForm {...props} titleId={titleId} isBusy={isBusy} setIsBusy={setIsBusy} />
    </Dialog>
  )
}

interface ConfirmFormProps<Answer> extends ConfirmDialogProps<Answer> {
  titleId: string
  isBusy: boolean
  setIsBusy: (isBusy: boolean) => void
}

function ConfirmForm<Answer>(props: ConfirmFormProps<Answer>) {
  const {
    titleId,
    title,
    children,
    confirmLabel,
    isDestructive = false,
    nameToType,
    isBusy,
    setIsBusy,
  } = props
  const [typed, setTyped] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const inputId = useId()
  const input = useRef<HTMLInputElement>(null)
  // What has to be typed is what comes next.
  useEffect(() => input.current?.focus(), [])

  async function confirm(): Promise<void> {
    setIsBusy(true)
    setFailure(null)
    try {
      const answer = await props.action()
      if (answer.ok) {
        props.onClose()
        props.onDone(answer.value)
      } else {
        setFailure(answer.failure)
      }
    } catch {
      setFailure({
        code: 'io.windlass.unavailable',
        message:
          'The console did not answer, so it is not certain whether this was done. Look before trying again.',
        faults: [],
      })
    } finally {
      setIsBusy(false)
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void confirm()
      }}
    >
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.75 }}>
        <Typography variant="body1" component="div" sx={{ color: 'text.secondary' }}>
          {children}
        </Typography>
        {nameToType === undefined ? null : (
          <Box>
            <Typography
              component="label"
              htmlFor={inputId}
              variant="subtitle2"
              sx={{ display: 'block', mb: 0.625 }}
            >
              Type <code>{nameToType}</code> to confirm
            </Typography>
            <OutlinedInput
              id={inputId}
              inputRef={input}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              fullWidth
              slotProps={{ input: { autoComplete: 'off', spellCheck: false, autoCapitalize: 'none' } }}
            />
          </Box>
        )}
        {failure ? <ErrorPanel failure={failure} /> : null}
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose} disabled={isBusy}>
          Keep it as it is
        </Button>
        <Button
          type="submit"
          variant="contained"
          color={isDestructive ? 'error' : 'primary'}
          disabled={isBusy || (nameToType !== undefined && typed !== nameToType)}
        >
          {confirmLabel}
        </Button>
      </DialogActions>
    </form>
  )
}
