import { dehydrate, HydrationBoundary, type QueryKey } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { createQueryClient } from '#lib/queries/query-client.ts'

interface HydratedProps {
  /** What the page's queries would fetch first, under their keys. */
  known: readonly (readonly [QueryKey, unknown])[]
  children: ReactNode
}

/** Hands what the server has read to the page's queries, so that the first view is complete. */
export function Hydrated({ known, children }: HydratedProps) {
  const client = createQueryClient()
  for (const [key, value] of known) client.setQueryData(key, value)
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>
}
