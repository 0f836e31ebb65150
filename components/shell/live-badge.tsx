'use client'

import Box from '@mui/material/Box'
import { useEffect, useState } from 'react'
import { pulse } from '#components/ui/motion.ts'
import { Tip } from '#components/ui/tip.tsx'
import { useLiveState } from '#lib/queries/live-events.tsx'

/** A blink of the connection is not worth a word. */
const patienceMilliseconds = 1500

/** Says quietly whether the page moves by itself. */
export function LiveBadge() {
  const state = useLiveState()
  const [isLate, setIsLate] = useState(false)
  useEffect(() => {
    if (state !== 'reconnecting') return undefined
    const timer = setTimeout(() => setIsLate(true), patienceMilliseconds)
    return () => {
      clearTimeout(timer)
      setIsLate(false)
    }
  }, [state])
  const isReconnecting = state === 'reconnecting' && isLate
  return (
    <Tip
      title={
        isReconnecting
          ? 'The connection to the console is lost. It is tried again by itself; until then this page asks every 10 seconds.'
          : 'This page moves by itself.'
      }
    >
      <Box
        component="output"
        tabIndex={0}
        sx={{
          display: 'inline-flex',
          alignItems: 'center',
          gap: 0.875,
          fontSize: '0.75rem',
          color: isReconnecting ? 'warning.main' : 'text.tertiary',
          borderRadius: '4px',
          '&:focus-visible': { outline: '2px solid', outlineColor: 'accent.main', outlineOffset: 2 },
        }}
      >
        <Box
          aria-hidden
          sx={{
            width: 6,
            height: 6,
            borderRadius: '50%',
            bgcolor: isReconnecting ? 'warning.main' : 'success.main',
            ...(isReconnecting ? pulse : {}),
          }}
        />
        {isReconnecting ? 'Reconnecting' : 'Live'}
      </Box>
    </Tip>
  )
}
