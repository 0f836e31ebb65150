import type { Installation } from '#lib/domain/installation.ts'
import { fetchRow } from './fetch-resource.ts'
import { RequestFailure } from './request-failure.ts'

/** One installation with its config, as it is now; null when there is none of that name. */
export async function fetchInstallation(
  namespace: string,
  name: string,
  signal: AbortSignal,
): Promise<Installation | null> {
  try {
    return await fetchRow<Installation>(namespace, 'k8sinstallations', name, signal)
  } catch (error) {
    if (error instanceof RequestFailure && error.status === 404) return null
    throw error
  }
}
