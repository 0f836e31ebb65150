import { QueryCache, QueryClient } from '@tanstack/react-query'
import { addresses } from '#lib/domain/addresses.ts'
import { RequestFailure } from './request-failure.ts'

/** Data is refetched when live events say so; the age is only what a page may show before it looks again. */
const freshMilliseconds = 15_000

export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError(error) {
        // The session ended elsewhere: nothing on this page can be shown any more.
        if (error instanceof RequestFailure && error.status === 401) goToSignIn()
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: freshMilliseconds,
        retry: (count, error) => count < 3 && !(error instanceof RequestFailure && error.isFinal),
        retryDelay: (attempt) => Math.min(8_000, 500 * 2 ** attempt) * (0.75 + Math.random() / 2),
      },
    },
  })
}

function goToSignIn(): void {
  if (typeof window === 'undefined') return
  const here = window.location.pathname + window.location.search
  window.location.assign(`${addresses.signIn}?callbackUrl=${encodeURIComponent(here)}`)
}
