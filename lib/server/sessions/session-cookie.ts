import { decode } from 'next-auth/jwt'
import { getSettings } from '../settings/settings.ts'

export const sessionMaxAgeSeconds = 7 * 24 * 60 * 60

export const isHttps = (): boolean => getSettings().publicUrl.startsWith('https://')

export const sessionCookieName = (): string => `${isHttps() ? '__Secure-' : ''}windlass.session`

/** The session id in the cookie's encrypted token; undefined when the token is not ours or has expired. */
export async function readSessionId(cookie: string | undefined): Promise<string | undefined> {
  if (!cookie) return undefined
  try {
    const token = await decode({ token: cookie, secret: getSettings().AUTH_SECRET })
    return typeof token?.sid === 'string' ? token.sid : undefined
  } catch {
    return undefined
  }
}

/** For doors that hold a Request and no Next context. */
export function readCookie(headers: Headers, name: string): string | undefined {
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=')
    if (key === name) return value.join('=')
  }
  return undefined
}
