'use server'

import { answerAction } from '#lib/server/access/action.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'
import { createToken } from '#lib/server/tokens/create.ts'
import { revokeToken } from '#lib/server/tokens/revoke.ts'

export async function createTokenAction(namespace: string, input: unknown) {
  return answerAction(async () => createToken(await requireActor(), namespace, input))
}

export async function revokeTokenAction(namespace: string, name: string) {
  return answerAction(async () => revokeToken(await requireActor(), namespace, name))
}
