'use client'

import { QueryClientProvider, isServer, type QueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { createQueryClient } from './query-client.ts'

let inBrowser: QueryClient | undefined

/** One for each request on the server, so that no answer reaches somebody else; one for the life of the page here. */
function getQueryClient(): QueryClient {
  if (isServer) return createQueryClient()
  inBrowser ??= createQueryClient()
  return inBrowser
}

export function QueryProvider({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={getQueryClient()}>{children}</QueryClientProvider>
}
