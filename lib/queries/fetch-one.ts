import type { ApiError } from '#lib/domain/errors.ts'
import { RequestFailure } from './request-failure.ts'

/** One row by its natural key, as it is now; null when there is none. */
export async function fetchOne<Row>(namespace: string, resource: string, key: string): Promise<Row | null> {
  const query = new URLSearchParams({ namespace })
  const response = await fetch(`/api/v1/resources/${resource}/${encodeURIComponent(key)}?${query}`)
  if (response.ok) return (await response.json()) as Row
  if (response.status === 404) return null
  throw new RequestFailure(response.status, (await response.json().catch(() => [])) as ApiError[])
}
