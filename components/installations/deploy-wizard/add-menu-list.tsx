'use client'

import Box from '@mui/material/Box'
import ListSubheader from '@mui/material/ListSubheader'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { useState } from 'react'
import type { OptionType } from './form-values.ts'
import { itemForms, optionTypes } from './item-forms.tsx'
import { purposes } from './option-form.ts'

interface AddMenuListProps {
  id: string
  /** The button it hangs from; null closes it. */
  anchor: HTMLElement | null
  onClose: () => void
  onAdd: (type: OptionType) => void
}

/** Every type there is, grouped by what it is for. */
export function AddMenuList({ id, anchor, onClose, onAdd }: AddMenuListProps) {
  const [chosen, setChosen] = useState<OptionType | null>(null)
  const choose = (type: OptionType) => {
    setChosen(type)
    onClose()
  }
  return (
    <Menu
      id={id}
      anchorEl={anchor}
      open={anchor !== null}
      onClose={onClose}
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
    </Menu>
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
