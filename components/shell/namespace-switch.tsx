'use client'

import Box from '@mui/material/Box'
import ButtonBase from '@mui/material/ButtonBase'
import MenuItem from '@mui/material/MenuItem'
import NextLink from 'next/link'
import { useId, useState } from 'react'
import { CheckIcon, SwitchIcon } from '#components/ui/icons.ts'
import { LazyMenu, preloadMenu } from '#components/ui/lazy-menu.tsx'
import { addresses } from '#lib/domain/addresses.ts'
import type { Namespace } from '#lib/domain/namespace.ts'

interface NamespaceSwitchProps {
  current: string
  namespaces: readonly Namespace[]
}

/** Which namespace this is. Choosing another one goes there: two tabs can work in two. */
export function NamespaceSwitch({ current, namespaces }: NamespaceSwitchProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const id = useId()
  const organization = namespaces.find((namespace) => namespace.name === current)?.organizationName
  return (
    <Box sx={{ px: 1.25, pb: 1.25 }}>
      <ButtonBase
        {...preloadMenu}
        aria-label={`Namespace ${current}. Choose another`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-controls={anchor ? id : undefined}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{
          width: '100%',
          justifyContent: 'flex-start',
          gap: 1.125,
          px: 1,
          py: 0.75,
          borderRadius: '8px',
          border: 1,
          borderColor: 'divider',
          bgcolor: 'background.paper',
          textAlign: 'left',
          '&:hover': { borderColor: 'text.disabled' },
        }}
      >
        <Box
          aria-hidden
          sx={{
            width: 26,
            height: 26,
            borderRadius: '6px',
            display: 'grid',
            placeItems: 'center',
            flexShrink: 0,
            bgcolor: 'accent.light',
            color: 'accent.main',
            fontSize: '0.75rem',
            fontWeight: 650,
          }}
        >
          {current.slice(0, 1).toUpperCase()}
        </Box>
        <Box sx={{ minWidth: 0, flex: 1, lineHeight: 1.25 }}>
          <Box sx={{ fontSize: '0.8125rem', fontWeight: 550, overflow: 'hidden', textOverflow: 'ellipsis' }}>
            {current}
          </Box>
          <Box sx={{ fontSize: '0.6875rem', color: 'text.tertiary' }}>{organization}</Box>
        </Box>
        <Box component={SwitchIcon} aria-hidden sx={{ width: 14, height: 14, color: 'text.tertiary' }} />
      </ButtonBase>
      {anchor ? (
        <LazyMenu
          id={id}
          anchorEl={anchor}
          open
          onClose={() => setAnchor(null)}
          slotProps={{ list: { 'aria-label': 'Namespaces' }, paper: { sx: { width: 212, maxHeight: 420 } } }}
        >
          {namespaces.map((namespace) => (
            <MenuItem
              key={namespace.name}
              component={NextLink}
              href={addresses.clusters(namespace.name)}
              selected={namespace.name === current}
              aria-current={namespace.name === current ? 'true' : undefined}
              onClick={() => setAnchor(null)}
            >
              <Box component="span" sx={{ flex: 1, overflow: 'hidden', textOverflow: 'ellipsis' }}>
                {namespace.name}
              </Box>
              {namespace.name === current ? <CheckIcon aria-hidden /> : null}
            </MenuItem>
          ))}
        </LazyMenu>
      ) : null}
    </Box>
  )
}
