'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { refetchNouns } from './keys.ts'
import type { Noun } from './live.ts'

/** For after an action: what was just changed is looked at again at once, not when the event arrives. */
export function useRefetch(namespace: string): (...nouns: Noun[]) => void {
  const client = useQueryClient()
  return useCallback((...nouns) => void refetchNouns(client, namespace, nouns), [client, namespace])
}
