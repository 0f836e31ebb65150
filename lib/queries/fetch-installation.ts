import type { Installation } from '#lib/domain/installation.ts'
import { fetchOne } from './fetch-one.ts'

/** One installation with its config, as it is now; null when there is none of that name. */
export const fetchInstallation = (namespace: string, name: string): Promise<Installation | null> =>
  fetchOne<Installation>(namespace, 'k8sinstallations', name)
