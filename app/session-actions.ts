'use server'

import { signOut as endSession } from '#lib/server/sessions/sign-out.ts'

export async function signOut(): Promise<void> {
  await endSession()
}
