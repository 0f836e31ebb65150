'use client'

import CssBaseline from '@mui/material/CssBaseline'
import { ThemeProvider as MuiThemeProvider } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { theme } from './theme.ts'

export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    // Not disableTransitionOnChange: it writes a style element without the nonce, which our policy refuses.
    <MuiThemeProvider theme={theme} defaultMode="system">
      <CssBaseline />
      {children}
    </MuiThemeProvider>
  )
}
