import { redirect } from 'next/navigation'
import { addresses } from '#lib/domain/addresses.ts'
import { readInstallationPlace, type InstallationParams } from './(panel)/place.ts'

/** The bare address leads to the first tab. */
export default async function InstallationPage({ params }: { params: InstallationParams }) {
  const { namespace, clusterName, installationName } = await readInstallationPlace(params)
  redirect(addresses.installation(namespace, clusterName, installationName))
}
