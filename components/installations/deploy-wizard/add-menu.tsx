'use client'

import Button from '@mui/material/Button'
import dynamic from 'next/dynamic'
import { useId, useState } from 'react'
import { AddIcon, ExpandIcon } from '#components/ui/icons.ts'
import type { OptionType } from './form-values.ts'

const loadList = () => import('./add-menu-list.tsx').then((part) => part.AddMenuList)
const AddMenuList = dynamic(loadList, { ssr: false })

/** The button of the Add menu; the menu itself is brought when somebody is about to open it. */
export function AddMenu({ onAdd }: { onAdd: (type: OptionType) => void }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  /** Once opened it stays, so that it can close as it should. */
  const [wasOpened, setWasOpened] = useState(false)
  const menuId = useId()
  return (
    <>
      <Button
        onMouseEnter={() => void loadList()}
        onFocus={() => void loadList()}
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
        <AddMenuList id={menuId} anchor={anchor} onClose={() => setAnchor(null)} onAdd={onAdd} />
      ) : null}
    </>
  )
}
