'use client'

import Button, { type ButtonProps } from '@mui/material/Button'
import NextLink from 'next/link'

interface ButtonLinkProps extends Pick<
  ButtonProps,
  'variant' | 'color' | 'size' | 'startIcon' | 'endIcon' | 'children'
> {
  href: string
}

/** A place to go that looks like an action; server components may use it. */
export function ButtonLink(props: ButtonLinkProps) {
  return <Button component={NextLink} {...props} />
}
