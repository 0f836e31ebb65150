'use server'

import { answerAction } from '#lib/server/access/action.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'
import { cancelWorkitem } from '#lib/server/workitems/cancel.ts'
import { dismissWorkitem } from '#lib/server/workitems/dismiss.ts'
import { retryWorkitem } from '#lib/server/workitems/retry.ts'

export async function cancelWorkitemAction(namespace: string, requestId: string) {
  return answerAction(async () => cancelWorkitem(await requireActor(), namespace, requestId))
}

export async function retryWorkitemAction(namespace: string, requestId: string) {
  return answerAction(async () => retryWorkitem(await requireActor(), namespace, requestId))
}

export async function dismissWorkitemAction(namespace: string, requestId: string) {
  return answerAction(async () => dismissWorkitem(await requireActor(), namespace, requestId))
}
