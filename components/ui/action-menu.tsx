'use client'

import Divider from '@mui/material/Divider'
import IconButton from '@mui/material/IconButton'
import MenuItem from '@mui/material/MenuItem'
import NextLink from 'next/link'
import { useId, useState, type ReactNode } from 'react'
import { MoreIcon } from './icons.ts'
import { LazyMenu, preloadMenu } from './lazy-menu.tsx'

export interface MenuAction {
  label: string
  icon?: ReactNode
  href?: string
  onSelect?: () => void
  isDestructive?: boolean
  /** Why it cannot be chosen now; shown under the label. */
  unavailable?: string | undefined
  /** A line above it. */
  startsGroup?: boolean
}

interface ActionMenuProps {
  /** Names the button, with what it is about: `Actions of jdbc`. */
  label: string
  actions: readonly MenuAction[]
}

/** The three dots: everything that can be done to one thing. */
export function ActionMenu({ label, actions }: ActionMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const id = useId()
  const close = () => setAnchor(null)
  return (
    <>
      <IconButton
        {...preloadMenu}
        size="small"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-controls={anchor ? id : undefined}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <MoreIcon aria-hidden />
      </IconButton>
      {anchor ? (
        <LazyMenu
          id={id}
          anchorEl={anchor}
          open
          onClose={close}
          anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
          transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        >
          {actions.flatMap((action) => [
            action.startsGroup ? (
              <Divider key={`${action.label} line`} component="li" sx={{ my: '4px !important' }} />
            ) : null,
            <MenuItem
              key={action.label}
              disabled={action.unavailable !== undefined}
              sx={action.isDestructive ? { color: 'error.main' } : {}}
              {...(action.href ? { component: NextLink, href: action.href } : {})}
              onClick={() => {
                close()
                action.onSelect?.()
              }}
            >
              {action.icon}
              <span>
                {action.label}
                {action.unavailable ? (
                  <span style={{ display: 'block', fontSize: '0.75rem', whiteSpace: 'normal' }}>
                    {action.unavailable}
                  </span>
                ) : null}
              </span>
            </MenuItem>,
          ])}
        </LazyMenu>
      ) : null}
    </>
  )
}
