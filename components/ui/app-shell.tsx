'use client'

import Box from '@mui/material/Box'
import IconButton from '@mui/material/IconButton'
import dynamic from 'next/dynamic'
import { usePathname } from 'next/navigation'
import { useState, type ReactNode } from 'react'
import { MenuIcon } from './icons.ts'

const sidebarPixels = 236

// Narrow screens only, and only once it is opened.
const Drawer = dynamic(() => import('@mui/material/Drawer'), { ssr: false })

interface AppShellProps {
  brand: ReactNode
  /** Everything of the sidebar below the brand. */
  sidebar: ReactNode
  /** At the right of the bar on narrow screens. */
  barEnd?: ReactNode
  children: ReactNode
}

/** Sidebar and page; on narrow screens a bar, and the sidebar as a drawer. */
export function AppShell({ brand, sidebar, barEnd, children }: AppShellProps) {
  const pathname = usePathname()
  // Open for the address it was opened at: going anywhere closes it.
  const [openAt, setOpenAt] = useState<string | null>(null)
  const isOpen = openAt === pathname
  return (
    <Box
      sx={{
        display: { md: 'grid' },
        gridTemplateColumns: `${sidebarPixels}px minmax(0, 1fr)`,
        minHeight: '100dvh',
      }}
    >
      <Box
        component="a"
        href="#content"
        sx={{
          position: 'absolute',
          left: 12,
          top: -60,
          zIndex: 'tooltip',
          px: 1.5,
          py: 1,
          borderRadius: '6px',
          bgcolor: 'primary.main',
          color: 'primary.contrastText',
          fontSize: '0.8125rem',
          '&:focus': { top: 12 },
        }}
      >
        Skip to content
      </Box>
      <Box
        component="header"
        sx={{
          display: { xs: 'flex', md: 'none' },
          position: 'sticky',
          top: 0,
          zIndex: 'appBar',
          alignItems: 'center',
          gap: 1,
          height: 52,
          px: 1.5,
          borderBottom: 1,
          borderColor: 'divider',
          bgcolor: 'background.default',
        }}
      >
        <IconButton
          aria-label="Open navigation"
          aria-expanded={isOpen}
          onClick={() => setOpenAt(pathname)}
          sx={{ ml: -0.5 }}
        >
          <MenuIcon aria-hidden />
        </IconButton>
        <Box sx={{ flex: 1, minWidth: 0, display: 'flex' }}>{brand}</Box>
        {barEnd}
      </Box>
      <Box
        component="aside"
        aria-label="Console"
        sx={{
          display: { xs: 'none', md: 'flex' },
          flexDirection: 'column',
          position: 'sticky',
          top: 0,
          height: '100dvh',
          borderRight: 1,
          borderColor: 'divider',
          bgcolor: 'background.sunken',
        }}
      >
        <Box sx={{ px: 2.25, pt: 2, pb: 1.5 }}>{brand}</Box>
        {sidebar}
      </Box>
      {openAt === null ? null : (
        <Drawer
          open={isOpen}
          onClose={() => setOpenAt(null)}
          sx={{ display: { md: 'none' } }}
          slotProps={{
            paper: {
              'aria-label': 'Console',
              sx: {
                width: 'min(300px, 86vw)',
                bgcolor: 'background.default',
                display: 'flex',
                flexDirection: 'column',
              },
            },
          }}
        >
          <Box sx={{ px: 2.25, pt: 2, pb: 1.5 }}>{brand}</Box>
          {sidebar}
        </Drawer>
      )}
      <Box
        component="main"
        id="content"
        tabIndex={-1}
        sx={{ minWidth: 0, outline: 'none', px: { xs: 2, sm: 3, lg: 5 }, pt: { xs: 2.5, md: 3.5 }, pb: 8 }}
      >
        <Box sx={{ maxWidth: 1240, mx: 'auto' }}>{children}</Box>
      </Box>
    </Box>
  )
}
