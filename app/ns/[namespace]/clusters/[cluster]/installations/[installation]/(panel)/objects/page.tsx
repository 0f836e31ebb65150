import { InstallationObjects } from '#components/installations/installation-objects.tsx'
import { readInstallationPlace, type InstallationParams } from '../place.ts'

export default async function ObjectsPage({ params }: { params: InstallationParams }) {
  const { installationName } = await readInstallationPlace(params)
  return <InstallationObjects installationName={installationName} />
}
