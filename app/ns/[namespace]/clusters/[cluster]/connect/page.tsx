import type { Metadata } from 'next'
import { ConnectPage } from '#components/clusters/connect-page.tsx'
import { queries } from '#lib/queries/resources.ts'
import { getCluster } from '#lib/server/clusters/get.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'
import { getSettings } from '#lib/server/settings/settings.ts'
import { Hydrated } from '../../../../../hydrated.tsx'
import { readForPage } from '../../../../../show-page.ts'
import { createTokenAction } from '../../../settings/tokens/actions.ts'

export const metadata: Metadata = { title: 'Connect' }

interface ConnectProps {
  params: Promise<{ namespace: string; cluster: string }>
}

export default async function Connect({ params }: ConnectProps) {
  const given = await params
  const [namespace, name] = [decodeURIComponent(given.namespace), decodeURIComponent(given.cluster)]
  const cluster = await readForPage(getCluster(await requireActor(), namespace, name))
  const settings = getSettings()
  return (
    <Hydrated known={[[queries.cluster(namespace, name).queryKey, cluster]]}>
      <ConnectPage
        clusterName={name}
        publicUrl={settings.publicUrl}
        workerImage={settings.WORKER_IMAGE}
        createToken={createTokenAction}
      />
    </Hydrated>
  )
}
