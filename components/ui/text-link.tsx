'use client'

import Link from '@mui/material/Link'
import NextLink from 'next/link'
import type { ReactNode } from 'react'

interface TextLinkProps {
  href: string
  children: ReactNode
  /** In the colour of the text around it, for names in lists. */
  isQuiet?: boolean
  isStrong?: boolean
}

/** A link inside the console. */
export function TextLink({ href, children, isQuiet = false, isStrong = false }: TextLinkProps) {
  return (
    <Link
      component={NextLink}
      href={href}
      // Within a text, colour alone would not tell a link from it.
      underline={isQuiet || isStrong ? 'hover' : 'always'}
      sx={{
        ...(isQuiet ? { color: 'text.secondary', '&:hover': { color: 'text.primary' } } : {}),
        ...(isStrong ? { color: 'text.primary', fontWeight: 550 } : {}),
        textDecorationColor: 'color-mix(in srgb, currentColor 40%, transparent)',
        overflowWrap: 'anywhere',
      }}
    >
      {children}
    </Link>
  )
}
