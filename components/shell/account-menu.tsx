'use client'

import Box from '@mui/material/Box'
import ButtonBase from '@mui/material/ButtonBase'
import MenuItem from '@mui/material/MenuItem'
import NextLink from 'next/link'
import { useId, useState } from 'react'
import { PersonIcon, SignOutIcon } from '#components/ui/icons.ts'
import { LazyMenu, preloadMenu } from '#components/ui/lazy-menu.tsx'
import { addresses } from '#lib/domain/addresses.ts'

interface AccountMenuProps {
  name: string
  email: string
  /** Ends this session and goes to the sign-in page. */
  signOut: () => Promise<void>
}

/** Who one is here; the account, the way out. */
export function AccountMenu({ name, email, signOut }: AccountMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const id = useId()
  const close = () => setAnchor(null)
  return (
    <>
      <ButtonBase
        {...preloadMenu}
        aria-label={`Account of ${name}`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-controls={anchor ? id : undefined}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{
          flex: 1,
          minWidth: 0,
          gap: 1.125,
          px: 1,
          py: 0.75,
          borderRadius: '6px',
          justifyContent: 'flex-start',
          textAlign: 'left',
          '&:hover': { bgcolor: 'action.hover' },
        }}
      >
        <Box
          aria-hidden
          sx={{
            width: 26,
            height: 26,
            borderRadius: '50%',
            display: 'grid',
            placeItems: 'center',
            flexShrink: 0,
            bgcolor: 'neutral.light',
            color: 'text.secondary',
            fontSize: '0.6875rem',
            fontWeight: 600,
          }}
        >
          {initials(name)}
        </Box>
        <Box sx={{ minWidth: 0, lineHeight: 1.25 }}>
          <Ellipsis text={name} sx={{ fontSize: '0.8125rem', fontWeight: 500 }} />
          <Ellipsis text={email} sx={{ fontSize: '0.6875rem', color: 'text.tertiary' }} />
        </Box>
      </ButtonBase>
      {anchor ? (
        <LazyMenu
          id={id}
          anchorEl={anchor}
          open
          onClose={close}
          anchorOrigin={{ vertical: 'top', horizontal: 'left' }}
          transformOrigin={{ vertical: 'bottom', horizontal: 'left' }}
          slotProps={{ paper: { sx: { width: 212, mt: -0.5 } } }}
        >
          <MenuItem component={NextLink} href={addresses.account} onClick={close}>
            <PersonIcon aria-hidden />
            Account
          </MenuItem>
          <MenuItem onClick={() => void signOut()}>
            <SignOutIcon aria-hidden />
            Sign out
          </MenuItem>
        </LazyMenu>
      ) : null}
    </>
  )
}

function Ellipsis({ text, sx }: { text: string; sx: Record<string, string | number> }) {
  return <Box sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', ...sx }}>{text}</Box>
}

/** `Ada Lovelace` → `AL`. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''].map(
    (word) => Array.from(word ?? '')[0] ?? '',
  )
  return letters.join('').toUpperCase()
}
