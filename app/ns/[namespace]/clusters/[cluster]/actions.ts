'use server'

import { answerAction } from '#lib/server/access/action.ts'
import { requestOperation, type OperationRequest } from '#lib/server/installations/request-operation.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'

export async function requestOperationAction(namespace: string, asked: OperationRequest) {
  return answerAction(async () => requestOperation(await requireActor(), namespace, asked))
}
