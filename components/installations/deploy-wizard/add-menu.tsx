'use client'

import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import ListSubheader from '@mui/material/ListSubheader'
import MenuItem from '@mui/material/MenuItem'
import { useId, useState } from 'react'
import { AddIcon, ExpandIcon } from '#components/ui/icons.ts'
import { LazyMenu, preloadMenu } from '#components/ui/lazy-menu.tsx'
import type { OptionType } from './form-values.ts'
import { itemForms, optionTypes } from './item-forms.tsx'
import { purposes } from './option-form.ts'

/** Every type there is, grouped by what it is for. */
export function AddMenu({ onAdd }: { onAdd: (type: OptionType) => void }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const [chosen, setChosen] = useState<OptionType | null>(null)
  /** Once opened it stays, so that it can close as it should. */
  const [wasOpened, setWasOpened] = useState(false)
  const menuId = useId()
  const choose = (type: OptionType) => {
    setChosen(type)
    setAnchor(null)
  }
  return (
    <>
      <Button
        {...preloadMenu}
        onClick={(event) => {
          setAnchor(event.currentTarget)
          setWasOpened(true)
        }}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-controls={anchor ? menuId : undefined}
        startIcon={<AddIcon aria-hidden />}
        endIcon={<ExpandIcon aria-hidden />}
      >
        Add
      </Button>
      {wasOpened ? (
        <LazyMenu
          id={menuId}
          anchorEl={anchor}
          open={anchor !== null}
          onClose={() => setAnchor(null)}
          // The new option takes the focus only after the menu has let go of it.
          disableRestoreFocus={chosen !== null}
          slotProps={{
            transition: {
              onExited: () => {
                // React is in the middle of this transition: adding has to wait for its end.
                if (chosen) queueMicrotask(() => onAdd(chosen))
                setChosen(null)
              },
            },
          }}
        >
          {purposes.flatMap((purpose) => [
            <ListSubheader key={purpose} role="presentation" disableSticky sx={subheader}>
              {purpose}
            </ListSubheader>,
            ...optionTypes
              .filter((type) => itemForms[type].purpose === purpose)
              .map((type) => {
                const { icon: Icon, label, explanation } = itemForms[type]
                return (
                  <MenuItem key={type} onClick={() => choose(type)} sx={{ alignItems: 'flex-start' }}>
                    <Box component="span" aria-hidden sx={{ mt: '2px', color: 'text.secondary' }}>
                      <Icon size={15} />
                    </Box>
                    <span>
                      {label}
                      <Box
                        component="span"
                        sx={{ display: 'block', fontSize: '0.75rem', color: 'text.tertiary' }}
                      >
                        {explanation}
                      </Box>
                    </span>
                  </MenuItem>
                )
              }),
          ])}
        </LazyMenu>
      ) : null}
    </>
  )
}

const subheader = {
  bgcolor: 'transparent',
  color: 'text.tertiary',
  fontSize: '0.75rem',
  fontWeight: 500,
  lineHeight: '28px',
  px: 1.25,
} as const
