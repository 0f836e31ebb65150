'use client'

import dynamic from 'next/dynamic'

const loadMenu = () => import('@mui/material/Menu')

/** MUI's menu, brought when one is opened: with it come popover, modal and transitions, 20 KiB nobody sees at first. */
export const LazyMenu = dynamic(loadMenu, { ssr: false })

/** For the button that opens one, so that it is there before the click. */
export const preloadMenu = {
  onMouseEnter: () => void loadMenu(),
  onFocus: () => void loadMenu(),
} as const
