'use client'

import { Badge } from '#components/ui/badge.tsx'
import { statusLooks, type StatusLook } from './status-looks.ts'

type Kind = keyof typeof statusLooks

interface StatusBadgeProps<K extends Kind> {
  of: K
  status: keyof (typeof statusLooks)[K]
  isPlain?: boolean
}

/** Any state of ours, as it looks everywhere. */
export function StatusBadge<K extends Kind>({ of, status, isPlain = false }: StatusBadgeProps<K>) {
  return <Badge {...(statusLooks[of][status] as StatusLook)} isPlain={isPlain} />
}
