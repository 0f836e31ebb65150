'use client'

import Box from '@mui/material/Box'
import Typography from '@mui/material/Typography'
import NextLink from 'next/link'
import { usePathname } from 'next/navigation'
import { useId, type ComponentType, type SVGProps } from 'react'

export interface NavItem {
  label: string
  href: string
  icon: ComponentType<SVGProps<SVGSVGElement>>
}

export interface NavGroup {
  label: string
  items: readonly NavItem[]
}

/** The navigation: groups with a name, the place one is in marked, for eyes and for screen readers. */
export function NavList({ label, groups }: { label: string; groups: readonly NavGroup[] }) {
  const pathname = usePathname()
  const id = useId()
  return (
    <Box component="nav" aria-label={label} sx={{ flex: 1, overflowY: 'auto', px: 1.25, py: 1 }}>
      {groups.map((group, index) => (
        <Box key={group.label} sx={{ mb: 2 }}>
          <Typography
            id={`${id}${index}`}
            variant="caption"
            component="h2"
            sx={{ display: 'block', px: 1, pb: 0.5, color: 'text.tertiary', fontWeight: 500 }}
          >
            {group.label}
          </Typography>
          <Box
            component="ul"
            aria-labelledby={`${id}${index}`}
            sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: '1px' }}
          >
            {group.items.map((item) => (
              <li key={item.href}>
                <NavLink
                  item={item}
                  isHere={pathname === item.href || pathname.startsWith(`${item.href}/`)}
                />
              </li>
            ))}
          </Box>
        </Box>
      ))}
    </Box>
  )
}

function NavLink({ item, isHere }: { item: NavItem; isHere: boolean }) {
  return (
    <Box
      component={NextLink}
      href={item.href}
      aria-current={isHere ? 'page' : undefined}
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1.125,
        px: 1,
        py: 0.625,
        minHeight: 30,
        borderRadius: '6px',
        fontSize: '0.8125rem',
        fontWeight: isHere ? 550 : 450,
        textDecoration: 'none',
        color: isHere ? 'text.primary' : 'text.secondary',
        bgcolor: isHere ? 'action.selected' : 'transparent',
        '&:hover': { color: 'text.primary', ...(isHere ? {} : { bgcolor: 'action.hover' }) },
        '&:focus-visible': { outline: '2px solid', outlineColor: 'accent.main', outlineOffset: -2 },
        '& svg': { width: 15, height: 15, flexShrink: 0, color: isHere ? 'accent.main' : 'text.tertiary' },
        '@media (pointer: coarse)': { minHeight: 44 },
      }}
    >
      <item.icon aria-hidden />
      {item.label}
    </Box>
  )
}
