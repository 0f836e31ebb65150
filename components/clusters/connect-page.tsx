'use client'

import { useQuery } from '@tanstack/react-query'
import Box from '@mui/material/Box'
import { useState } from 'react'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { addresses } from '#lib/domain/addresses.ts'
import { queries } from '#lib/queries/resources.ts'
import type { CreateToken } from './cluster-actions.ts'
import { ConnectChecklist } from './connect-checklist.tsx'
import { workerTokensQuery } from './connect-query.ts'
import { WorkerEnvironmentPanel } from './worker-environment-panel.tsx'
import { WorkerTokenPanel, type NewToken } from './worker-token-panel.tsx'

interface ConnectPageProps {
  clusterName: string
  /** The console as workers reach it. */
  publicUrl: string
  workerImage: string
  createToken: CreateToken
}

/** While nobody has come, the page looks more often than it is told to: the first contact is what one waits for. */
const waitingMilliseconds = 2_000

/** From a new cluster to a worker that has come: the token, what a worker needs, and what has happened so far. */
export function ConnectPage({ clusterName, publicUrl, workerImage, createToken }: ConnectPageProps) {
  const { name: namespace, canChange } = useNamespace()
  const [created, setCreated] = useState<NewToken | null>(null)
  const { data: cluster } = useQuery({
    ...queries.cluster(namespace, clusterName),
    refetchInterval: ({ state }) => (state.data?.workerLastSeen ? false : waitingMilliseconds),
  })
  const { data: tokens } = useQuery({
    ...queries.tokens(namespace, workerTokensQuery),
    enabled: canChange,
    refetchInterval: cluster?.workerLastSeen ? false : waitingMilliseconds,
  })
  const workerTokens = (tokens?.rows ?? []).filter((token) => token.clusters.includes(clusterName))
  return (
    <>
      <PageHeader
        title="Connect a worker"
        trail={[
          { label: 'Clusters', href: addresses.clusters(namespace) },
          { label: clusterName, href: addresses.cluster(namespace, clusterName) },
        ]}
        description="The worker runs inside your cluster and fetches its work from here over HTTPS. Nothing has to be reachable from outside."
        actions={<ButtonLink href={addresses.cluster(namespace, clusterName)}>Go to the cluster</ButtonLink>}
      />
      <Box
        sx={{
          display: 'grid',
          gap: 2.5,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 320px' },
          alignItems: 'start',
        }}
      >
        <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          {canChange ? (
            <WorkerTokenPanel
              clusterName={clusterName}
              takenNames={(tokens?.rows ?? []).map((token) => token.name)}
              created={created}
              onCreated={setCreated}
              createToken={createToken}
            />
          ) : null}
          <WorkerEnvironmentPanel
            clusterName={clusterName}
            publicUrl={publicUrl}
            workerImage={workerImage}
            token={created?.token ?? null}
          />
        </Box>
        <Panel title="So far">
          <ConnectChecklist cluster={cluster} tokens={workerTokens} canSeeTokens={canChange} />
        </Panel>
      </Box>
    </>
  )
}
