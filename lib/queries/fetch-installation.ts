import type { ApiError } from '#lib/domain/errors.ts'
import type { Installation } from '#lib/domain/installation.ts'
import { RequestFailure } from './request-failure.ts'

/** One installation with its config, as it is now; null when there is none of that name. */
export async function fetchInstallation(namespace: string, name: string): Promise<Installation | null> {
  const address = `/api/v1/resources/k8sinstallations/${encodeURIComponent(name)}?namespace=${encodeURIComponent(namespace)}`
  const response = await fetch(address)
  if (response.ok) return (await response.json()) as Installation
  if (response.status === 404) return null
  throw new RequestFailure(response.status, (await response.json().catch(() => [])) as ApiError[])
}
