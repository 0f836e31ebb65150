import type { Metadata } from 'next'
import { tokenFilters, tokensPageSize } from '#components/settings/token-actions.ts'
import { TokensPage } from '#components/settings/tokens-page.tsx'
import { readListState, toListQuery, type SearchParams } from '#components/ui/list-state.ts'
import { ListQuery } from '#lib/domain/list-query.ts'
import { queries } from '#lib/queries/resources.ts'
import { listClusters } from '#lib/server/clusters/list.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'
import { listTokens } from '#lib/server/tokens/list.ts'
import { Hydrated } from '../../../../hydrated.tsx'
import { readForPage } from '../../../../show-page.ts'
import { createTokenAction, revokeTokenAction } from './actions.ts'

export const metadata: Metadata = { title: 'Tokens' }

interface TokensProps {
  params: Promise<{ namespace: string }>
  searchParams: Promise<SearchParams>
}

export default async function Tokens({ params, searchParams }: TokensProps) {
  const namespace = decodeURIComponent((await params).namespace)
  const query = toListQuery(readListState(await searchParams, tokenFilters), { pageSize: tokensPageSize })
  const actor = await requireActor()
  const [tokens, clusters] = await readForPage(
    Promise.all([
      listTokens(actor, namespace, query),
      listClusters(actor, namespace, ListQuery.parse({ limit: 1000 })),
    ]),
  )
  return (
    <Hydrated known={[[queries.tokens(namespace, query).queryKey, tokens]]}>
      <TokensPage
        clusterNames={clusters.rows.map((cluster) => cluster.name)}
        actions={{ createToken: createTokenAction, revokeToken: revokeTokenAction }}
      />
    </Hydrated>
  )
}
