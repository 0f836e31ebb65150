'use server'

import { answerAction } from '#lib/server/access/action.ts'
import { createCluster } from '#lib/server/clusters/create.ts'
import { deleteCluster } from '#lib/server/clusters/delete.ts'
import { updateCluster } from '#lib/server/clusters/update.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'

export async function createClusterAction(namespace: string, input: unknown) {
  return answerAction(async () => createCluster(await requireActor(), namespace, input))
}

export async function updateClusterAction(namespace: string, name: string, input: unknown) {
  return answerAction(async () => updateCluster(await requireActor(), namespace, name, input))
}

export async function deleteClusterAction(
  namespace: string,
  name: string,
  options: { forget?: boolean; confirmedName?: string },
) {
  return answerAction(async () => deleteCluster(await requireActor(), namespace, name, options))
}
