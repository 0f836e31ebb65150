'use client'

import Box from '@mui/material/Box'
import NextLink from 'next/link'

interface LinkTabsProps {
  /** Names the navigation. */
  label: string
  tabs: readonly { label: string; href: string; isHere: boolean }[]
}

/** Pages of one thing, side by side; each is an address, so they are links and not an ARIA tab list. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  return (
    <Box
      component="nav"
      aria-label={label}
      sx={{ display: 'flex', gap: 2.75, borderBottom: 1, borderColor: 'divider', mb: 2.5, overflowX: 'auto' }}
    >
      {tabs.map((tab) => (
        <Box
          key={tab.href}
          component={NextLink}
          href={tab.href}
          aria-current={tab.isHere ? 'page' : undefined}
          sx={{
            py: 1,
            mb: '-1px',
            fontSize: '0.8125rem',
            fontWeight: 550,
            textDecoration: 'none',
            whiteSpace: 'nowrap',
            borderBottom: '2px solid',
            borderColor: tab.isHere ? 'text.primary' : 'transparent',
            color: tab.isHere ? 'text.primary' : 'text.secondary',
            '&:hover': { color: 'text.primary' },
            '&:focus-visible': { outline: '2px solid', outlineColor: 'accent.main', outlineOffset: -2 },
          }}
        >
          {tab.label}
        </Box>
      ))}
    </Box>
  )
}
