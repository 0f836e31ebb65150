import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { TokenRow } from '#lib/domain/access.ts'
import type { Cluster } from '#lib/domain/cluster.ts'
import type { Installation } from '#lib/domain/installation.ts'
import type { ListQuery } from '#lib/domain/list-query.ts'
import type { FinishedWorkitem, Workitem } from '#lib/domain/workitem.ts'
import { fetchRow, fetchRows, type ReadableResource } from './fetch-resource.ts'
import { queryKey } from './keys.ts'
import type { Noun } from './live.ts'
import { RequestFailure } from './request-failure.ts'

/** A workitem wherever it is: in the queue, or in the history once it has left it. */
export type AnyWorkitem = Workitem | FinishedWorkitem

function listOf<Row>(noun: Noun, resource: ReadableResource) {
  return (namespace: string, query: ListQuery) =>
    queryOptions({
      queryKey: queryKey(namespace, noun, resource, query),
      queryFn: ({ signal }) => fetchRows<Row>(namespace, resource, query, signal),
      // The rows of before stay while the next page is on its way: nothing jumps.
      placeholderData: keepPreviousData,
    })
}

function oneOf<Row>(noun: Noun, resource: ReadableResource) {
  return (namespace: string, key: string) =>
    queryOptions({
      queryKey: queryKey(namespace, noun, resource, 'one', key),
      queryFn: ({ signal }) => fetchRow<Row>(namespace, resource, key, signal),
    })
}

/** Every query of the console's pages. The server fills the same keys before the first view. */
export const queries = {
  clusters: listOf<Cluster>('cluster', 'k8sclusters'),
  cluster: oneOf<Cluster>('cluster', 'k8sclusters'),
  installations: listOf<Installation>('installation', 'k8sinstallations'),
  installation: oneOf<Installation>('installation', 'k8sinstallations'),
  workitems: listOf<Workitem>('workitem', 'k8sworkitems'),
  history: listOf<FinishedWorkitem>('workitem', 'k8sworkitemhistory'),
  tokens: listOf<TokenRow>('token', 'tokens'),
  workitem: (namespace: string, requestId: string) =>
    queryOptions({
      queryKey: queryKey(namespace, 'workitem', 'any', requestId),
      queryFn: async ({ signal, client, queryKey }): Promise<AnyWorkitem> => {
        const known = client.getQueryData<AnyWorkitem>(queryKey)
        if (known && 'finishedAt' in known) {
          return fetchRow<FinishedWorkitem>(namespace, 'k8sworkitemhistory', requestId, signal)
        }
        try {
          return await fetchRow<Workitem>(namespace, 'k8sworkitems', requestId, signal)
        } catch (error) {
          if (!(error instanceof RequestFailure && error.status === 404)) throw error
          return fetchRow<FinishedWorkitem>(namespace, 'k8sworkitemhistory', requestId, signal)
        }
      },
    }),
} as const
