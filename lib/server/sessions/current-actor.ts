import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { UserActor } from '../access/actor.ts'
import { findSession, type FoundSession } from './find-session.ts'
import { pathHeader } from './page-headers.ts'
import { readSessionId, sessionCookieName } from './session-cookie.ts'

/** Whoever is signed in, looked up once a request, even when the password must be changed first. */
export const currentSession = cache(async (): Promise<FoundSession | null> => {
  const cookie = (await cookies()).get(sessionCookieName())
  const sessionId = await readSessionId(cookie?.value)
  return sessionId ? findSession(sessionId) : null
})

/** Null when nobody is signed in, and for somebody who must change the password before anything else. */
export async function currentActor(): Promise<UserActor | null> {
  const session = await currentSession()
  return session && !session.mustChangePassword ? session.actor : null
}

/** For pages and actions: sends to the sign-in page, or to the account page when the password must be changed. */
export async function requireActor(): Promise<UserActor> {
  const session = await requireSession()
  if (session.mustChangePassword) redirect('/account?mustChangePassword=1')
  return session.actor
}

/** For the account page and its actions alone: also with a password that must be changed. */
export async function requireSession(): Promise<FoundSession> {
  const session = await currentSession()
  if (session) return session
  const path = (await headers()).get(pathHeader)
  redirect(path && path !== '/' ? `/sign-in?callbackUrl=${encodeURIComponent(path)}` : '/sign-in')
}
