'use server'

import { headers } from 'next/headers'
import { answerAction } from '#lib/server/access/action.ts'
import { requireActor, requireSession } from '#lib/server/sessions/current-actor.ts'
import { endSession } from '#lib/server/sessions/end-sessions.ts'
import { readRemoteAddress } from '#lib/server/sessions/remote-address.ts'
import { signOut } from '#lib/server/sessions/sign-out.ts'
import { startLinking } from '#lib/server/sessions/start-linking.ts'
import { changePassword } from '#lib/server/users/change-password.ts'
import { renameMe } from '#lib/server/users/rename-me.ts'

export async function changePasswordAction(input: unknown) {
  return answerAction(async () =>
    changePassword((await requireSession()).actor, input, readRemoteAddress(await headers())),
  )
}

export async function renameAction(input: unknown) {
  return answerAction(async () => renameMe(await requireActor(), input))
}

export async function endSessionAction(key: string) {
  return answerAction(async () => endSession(await requireActor(), key))
}

export async function startLinkingAction() {
  return answerAction(async () => startLinking(await requireActor()))
}

export async function signOutEverywhereAction(): Promise<void> {
  await signOut({ everywhere: true })
}
