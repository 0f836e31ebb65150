'use client'

import Box from '@mui/material/Box'
import IconButton from '@mui/material/IconButton'
import { createContext, use, useCallback, useEffect, useRef, useState, type ReactNode } from 'react'
import { CloseIcon, SuccessIcon } from './icons.ts'

interface Toast {
  id: number
  message: ReactNode
  /** A button. With `useToastHold` it keeps the toast for as long as it is good for something. */
  action?: ReactNode
}

const ShowToast = createContext<(message: ReactNode, action?: ReactNode) => void>(() => undefined)
const HoldToast = createContext<(isHeld: boolean) => void>(() => undefined)
const shownMilliseconds = 8000

/** Says that something was done. Successes only: errors stay on the page they belong to. */
export const useToast = () => use(ShowToast)

/** Called inside of a toast: while it is held, it stays until it is closed or another one comes. */
export function useToastHold(isHeld: boolean): void {
  const hold = use(HoldToast)
  useEffect(() => {
    hold(isHeld)
    return () => hold(false)
  }, [hold, isHeld])
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<Toast | null>(null)
  const [isHeld, setIsHeld] = useState(false)
  const [isHeldInside, setIsHeldInside] = useState(false)
  const nextId = useRef(1)
  const show = useCallback((message: ReactNode, action?: ReactNode) => {
    setToast({ id: nextId.current++, message, action })
  }, [])

  useEffect(() => {
    if (!toast || isHeld || isHeldInside) return undefined
    const timer = setTimeout(() => setToast(null), shownMilliseconds)
    return () => clearTimeout(timer)
  }, [toast, isHeld, isHeldInside])

  return (
    <ShowToast value={show}>
      {children}
      <Box
        aria-live="polite"
        onMouseEnter={() => setIsHeld(true)}
        onMouseLeave={() => setIsHeld(false)}
        onFocus={() => setIsHeld(true)}
        onBlur={() => setIsHeld(false)}
        sx={{ position: 'fixed', zIndex: 'snackbar', right: 20, bottom: 20, left: { xs: 20, sm: 'auto' } }}
      >
        {toast ? (
          <Box
            key={toast.id}
            sx={{
              display: 'flex',
              alignItems: 'center',
              gap: 1.25,
              pl: 1.75,
              pr: 0.75,
              py: 0.75,
              minHeight: 44,
              maxWidth: { sm: 460 },
              borderRadius: '8px',
              border: 1,
              borderColor: 'divider',
              bgcolor: 'background.paper',
              boxShadow: '0 12px 32px -12px rgba(8, 12, 15, 0.35)',
              fontSize: '0.8125rem',
            }}
          >
            <Box
              component={SuccessIcon}
              aria-hidden
              sx={{ width: 16, height: 16, color: 'success.main', flexShrink: 0 }}
            />
            <HoldToast value={setIsHeldInside}>
              <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>{toast.message}</Box>
              {toast.action}
            </HoldToast>
            <IconButton size="small" aria-label="Close message" onClick={() => setToast(null)}>
              <CloseIcon aria-hidden />
            </IconButton>
          </Box>
        ) : null}
      </Box>
    </ShowToast>
  )
}
