import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { InstallationFrame } from '#components/installations/installation-frame.tsx'
import { queries } from '#lib/queries/resources.ts'
import { getInstallation } from '#lib/server/installations/get.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'
import { Hydrated } from '../../../../../../../hydrated.tsx'
import { readForPage } from '../../../../../../../show-page.ts'
import { workitemActions } from '../../../../../workitems/workitem-actions.ts'
import { requestOperationAction } from '../../../actions.ts'
import { readInstallationPlace, type InstallationParams } from './place.ts'

export async function generateMetadata({ params }: { params: InstallationParams }): Promise<Metadata> {
  return { title: (await readInstallationPlace(params)).installationName }
}

interface InstallationLayoutProps {
  params: InstallationParams
  children: ReactNode
}

export default async function InstallationLayout({ params, children }: InstallationLayoutProps) {
  const { namespace, clusterName, installationName } = await readInstallationPlace(params)
  const installation = await readForPage(getInstallation(await requireActor(), namespace, installationName))
  if (installation.clusterName !== clusterName) notFound()
  return (
    <Hydrated known={[[queries.installation(namespace, installationName).queryKey, installation]]}>
      <InstallationFrame
        clusterName={clusterName}
        installationName={installationName}
        actions={{ requestOperation: requestOperationAction }}
        cancel={workitemActions.cancel}
      >
        {children}
      </InstallationFrame>
    </Hydrated>
  )
}
