'use client'

import { QueryClient, QueryClientProvider, isServer } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { RequestFailure } from './request-failure.ts'

/** Data is refetched when live events say so; the age is only what a page may show before it looks again. */
const freshMilliseconds = 15_000

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: freshMilliseconds,
        retry: (count, error) => count < 3 && !(error instanceof RequestFailure && error.isFinal),
        retryDelay: (attempt) => Math.min(8_000, 500 * 2 ** attempt) * (0.75 + Math.random() / 2),
      },
    },
  })
}

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
