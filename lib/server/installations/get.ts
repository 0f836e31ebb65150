import { and, eq } from 'drizzle-orm'
import { clusters, installations, revisions } from '#drizzle/schema.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { Installation } from '#lib/domain/installation.ts'
import type { Actor } from '../access/actor.ts'
import { readInNamespace } from '../access/verb.ts'
import { toInstallation } from './to-installation.ts'
import { withoutPins } from './without-pins.ts'

/** One installation with the config of its current revision, secret values as references. */
export function getInstallation(actor: Actor, namespace: string, name: string): Promise<Installation> {
  return readInNamespace(actor, namespace, 'read', async (scope) => {
    const [found] = await scope.tx
      .select({ installation: installations, clusterName: clusters.name, config: revisions.config })
      .from(installations)
      .innerJoin(clusters, eq(clusters.id, installations.clusterId))
      .innerJoin(
        revisions,
        and(eq(revisions.installationId, installations.id), eq(revisions.revision, installations.revision)),
      )
      .where(scope.in(installations, eq(installations.name, name)))
    if (!found) throw notFound('k8sinstallations', { name })
    return {
      ...toInstallation(found.installation, found.clusterName),
      configSpec: withoutPins(found.config),
      numbering: found.installation.numbering,
    }
  })
}
