import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DeployPage } from '#components/installations/deploy-wizard/deploy-page.tsx'
import { getCluster } from '#lib/server/clusters/get.ts'
import { getInstallation } from '#lib/server/installations/get.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'
import { readForPage } from '../../../../../../../show-page.ts'
import { workitemActions } from '../../../../../workitems/workitem-actions.ts'
import { deploy } from '../../actions.ts'

export const metadata: Metadata = { title: 'Update installation' }

interface PageProps {
  params: Promise<{ namespace: string; cluster: string; installation: string }>
}

export default async function EditInstallationPage({ params }: PageProps) {
  const actor = await requireActor()
  const { namespace, cluster, installation } = await params
  const inNamespace = decodeURIComponent(namespace)
  const [found, present] = await Promise.all([
    readForPage(getCluster(actor, inNamespace, decodeURIComponent(cluster))),
    readForPage(getInstallation(actor, inNamespace, decodeURIComponent(installation))),
  ])
  if (present.clusterName !== found.name) notFound()
  return (
    <DeployPage
      user={actor.email}
      cluster={found}
      installation={present}
      deploy={deploy}
      cancel={workitemActions.cancel}
    />
  )
}
