'use client'

import { createContext, use, type ReactNode } from 'react'
import type { NamespaceRole } from '#lib/domain/access.ts'

export interface NamespaceView {
  name: string
  role: NamespaceRole
  /** Told by the server: it decides what is offered here, the verbs decide what is done. */
  canChange: boolean
  /** When a waiting item counts as delayed. */
  delayedAfterSeconds: number
}

const NamespaceContext = createContext<NamespaceView | null>(null)

/** The namespace of the address, for every part of a page in it. */
export function NamespaceProvider({ value, children }: { value: NamespaceView; children: ReactNode }) {
  return <NamespaceContext value={value}>{children}</NamespaceContext>
}

export function useNamespace(): NamespaceView {
  const namespace = use(NamespaceContext)
  if (!namespace) throw new Error('this part stands outside of a namespace')
  return namespace
}
