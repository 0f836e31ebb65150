import type { Metadata } from 'next'
import { DeployPage } from '#components/installations/deploy-wizard/deploy-page.tsx'
import { getCluster } from '#lib/server/clusters/get.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'
import { readForPage } from '../../../../../../show-page.ts'
import { workitemActions } from '../../../../workitems/workitem-actions.ts'
import { deploy } from '../actions.ts'

export const metadata: Metadata = { title: 'Deploy' }

interface PageProps {
  params: Promise<{ namespace: string; cluster: string }>
}

export default async function NewInstallationPage({ params }: PageProps) {
  const actor = await requireActor()
  const { namespace, cluster } = await params
  const found = await readForPage(
    getCluster(actor, decodeURIComponent(namespace), decodeURIComponent(cluster)),
  )
  return <DeployPage user={actor.email} cluster={found} deploy={deploy} cancel={workitemActions.cancel} />
}
