import type { ApiError } from '#lib/domain/errors.ts'
import type { LibraryResource } from '#lib/domain/library.ts'
import type { ListQuery, Page } from '#lib/domain/list-query.ts'
import { RequestFailure } from './request-failure.ts'

/** The resources the console's pages read. */
export type ReadableResource =
  'k8sclusters' | 'k8sinstallations' | 'k8sworkitems' | 'k8sworkitemhistory' | 'tokens' | LibraryResource

/** One page of a resource, over REST; the namespace is in the address, never in the session. */
export async function fetchRows<Row>(
  namespace: string,
  resource: ReadableResource,
  query: ListQuery,
  signal: AbortSignal,
): Promise<Page<Row>> {
  const parameters = new URLSearchParams({
    namespace,
    limit: String(query.limit),
    page: String(query.page),
  })
  if (Object.keys(query.where).length > 0) parameters.set('where', JSON.stringify(query.where))
  if (Object.keys(query.sort).length > 0) parameters.set('sort', JSON.stringify(query.sort))
  if (query.props) parameters.set('props', JSON.stringify(query.props))
  if (query.search !== undefined) parameters.set('search', JSON.stringify(query.search))
  if (query.count) parameters.set('count', 'true')
  const response = await ask(`/api/v1/resources/${resource}?${parameters}`, signal)
  const rows = (await response.json()) as Row[]
  const total = response.headers.get('X-Total-Count')
  return total === null ? { rows } : { rows, total: Number(total) }
}

/** One row by its natural key. */
export async function fetchRow<Row>(
  namespace: string,
  resource: ReadableResource,
  key: string,
  signal: AbortSignal,
): Promise<Row> {
  const address = `/api/v1/resources/${resource}/${encodeURIComponent(key)}?${new URLSearchParams({ namespace })}`
  return (await (await ask(address, signal)).json()) as Row
}

async function ask(address: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(address, { signal, headers: { accept: 'application/json' } })
  if (response.ok) return response
  const answer: unknown = await response.json().catch(() => [])
  throw new RequestFailure(response.status, Array.isArray(answer) ? (answer as ApiError[]) : [])
}
