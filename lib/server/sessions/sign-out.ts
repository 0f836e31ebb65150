import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { currentSession } from './current-actor.ts'
import { endAllSessions, endCurrentSession } from './end-sessions.ts'
import { sessionCookieName } from './session-cookie.ts'

/** For a server action: ends the session, removes the cookie, and goes to the sign-in page. */
export async function signOut({ everywhere = false } = {}): Promise<never> {
  const session = await currentSession()
  if (session) await (everywhere ? endAllSessions : endCurrentSession)(session.actor)
  ;(await cookies()).delete(sessionCookieName())
  redirect('/sign-in')
}
