'use server'

import type { ActionResult } from '#lib/domain/action-result.ts'
import type { Workitem } from '#lib/domain/workitem.ts'
import { answerAction } from '#lib/server/access/action.ts'
import { deployInstallation } from '#lib/server/installations/deploy.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'

export async function deploy(
  namespace: string,
  cluster: string,
  command: unknown,
  requestId: string,
): Promise<ActionResult<Workitem>> {
  return answerAction(async () =>
    deployInstallation(await requireActor(), namespace, cluster, command, { requestId }),
  )
}
