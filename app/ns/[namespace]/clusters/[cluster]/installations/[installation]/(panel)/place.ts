export type InstallationParams = Promise<{ namespace: string; cluster: string; installation: string }>

/** The names in an installation's address. */
export async function readInstallationPlace(params: InstallationParams) {
  const given = await params
  return {
    namespace: decodeURIComponent(given.namespace),
    clusterName: decodeURIComponent(given.cluster),
    installationName: decodeURIComponent(given.installation),
  }
}
