import Box from '@mui/material/Box'
import type { ReactNode } from 'react'
import { Wordmark } from './mark.tsx'

/** For pages outside of any namespace that hold one thing: sign-in, not found, errors. */
export function CenteredPage({ children }: { children: ReactNode }) {
  return (
    <Box component="main" sx={{ minHeight: '100dvh', display: 'grid', placeItems: 'center', px: 2, py: 6 }}>
      <Box sx={{ width: '100%', maxWidth: 380, display: 'grid', gap: 3 }}>
        <Box sx={{ display: 'flex' }}>
          <Wordmark />
        </Box>
        {children}
      </Box>
    </Box>
  )
}
