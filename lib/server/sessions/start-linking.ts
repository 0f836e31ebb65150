import { cookies } from 'next/headers'
import type { UserActor } from '../access/actor.ts'
import { linkCookieName, linkMaxAgeSeconds, sealLink } from './link-identity.ts'
import { isHttps } from './session-cookie.ts'

/**
 * For the account page's action: the next single sign-on of this browser, within ten minutes, links its identity to
 * the person. The page then calls `startSingleSignOn('/account')`.
 */
export async function startLinking(actor: UserActor): Promise<void> {
  ;(await cookies()).set(linkCookieName, await sealLink(actor.sessionId), {
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps(),
    path: '/',
    maxAge: linkMaxAgeSeconds,
  })
}
