'use client'

import Box from '@mui/material/Box'
import { useEffect, useId, useRef, useState, type CSSProperties, type ReactNode } from 'react'

const delayMilliseconds = 250
const gapPixels = 6

/**
 * Says more about what it is around, on hover and on focus; Escape takes it away. Small on purpose: it stands on every
 * page, and MUI's brings a positioning engine of 13 KiB along.
 */
export function Tip({ title, children }: { title: ReactNode; children: ReactNode }) {
  const id = useId()
  const anchor = useRef<HTMLSpanElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [place, setPlace] = useState<CSSProperties | null>(null)

  const show = (afterMilliseconds: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      if (anchor.current) setPlace(placeBeside(anchor.current.getBoundingClientRect()))
    }, afterMilliseconds)
  }
  const hide = () => {
    clearTimeout(timer.current)
    setPlace(null)
  }

  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!place) return undefined
    const leave = (event: Event) => {
      if (event instanceof KeyboardEvent && event.key !== 'Escape') return
      setPlace(null)
    }
    document.addEventListener('keydown', leave)
    // Fixed to the screen, it would stay behind.
    document.addEventListener('scroll', leave, true)
    return () => {
      document.removeEventListener('keydown', leave)
      document.removeEventListener('scroll', leave, true)
    }
  }, [place])

  useEffect(() => {
    // On what has the focus, not on the span around it: that is what a screen reader reads.
    const child = anchor.current?.firstElementChild
    if (!place || !child) return undefined
    child.setAttribute('aria-describedby', id)
    return () => child.removeAttribute('aria-describedby')
  }, [place, id])

  return (
    <span
      ref={anchor}
      onMouseEnter={() => show(delayMilliseconds)}
      onMouseLeave={hide}
      onFocus={() => show(0)}
      onBlur={hide}
      style={{ display: 'inline-flex', minWidth: 0 }}
    >
      {children}
      {place ? (
        <Box
          component="span"
          role="tooltip"
          id={id}
          style={place}
          sx={{
            position: 'fixed',
            zIndex: 'tooltip',
            width: 'max-content',
            maxWidth: 280,
            px: 1.125,
            py: 0.75,
            borderRadius: '6px',
            fontSize: '0.75rem',
            fontWeight: 400,
            lineHeight: 1.5,
            textAlign: 'left',
            whiteSpace: 'normal',
            pointerEvents: 'none',
            bgcolor: 'primary.main',
            color: 'primary.contrastText',
          }}
        >
          {title}
        </Box>
      ) : null}
    </span>
  )
}

/** Below, or above where there is no room; never over the edge at the side. */
function placeBeside(rect: DOMRect): CSSProperties {
  const isLow = rect.bottom > window.innerHeight - 96
  const isRight = rect.left > window.innerWidth - 296
  return {
    ...(isLow ? { bottom: window.innerHeight - rect.top + gapPixels } : { top: rect.bottom + gapPixels }),
    ...(isRight ? { right: Math.max(8, window.innerWidth - rect.right) } : { left: Math.max(8, rect.left) }),
  }
}
