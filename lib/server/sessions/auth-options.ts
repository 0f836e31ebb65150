import type { AuthOptions } from 'next-auth'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { z } from 'zod'
import { DomainError } from '#lib/domain/errors.ts'
import { getLog } from '../settings/log.ts'
import { getSettings } from '../settings/settings.ts'
import { checkCredentials, wrongCredentials } from './check-credentials.ts'
import { findIdentity, linkCookieName, linkIdentity } from './link-identity.ts'
import { openSession } from './open-session.ts'
import { readRemoteAddress } from './remote-address.ts'
import {
  isHttps,
  readCookie,
  readSessionId,
  sessionCookieName,
  sessionMaxAgeSeconds,
} from './session-cookie.ts'

/** What one sign-in request found out; next-auth's callbacks hand it on through here. */
export interface SignInContext {
  proven?: { userId: string; method: 'password' | 'oidc' }
  /** Why the credentials were refused, kept whole: next-auth would keep its text only. */
  refusal?: unknown
}

const Credentials = z.object({ email: z.string().max(254), password: z.string().max(256) })

export const oidcProviderId = 'oidc'

/**
 * next-auth's options for one request. The token in the cookie holds a random session id and nothing else; who that
 * is, is looked up at every request.
 */
export function makeAuthOptions(request: Request, context: SignInContext): AuthOptions {
  const settings = getSettings()
  // Read by next-auth at each request; it would otherwise believe the Host header.
  process.env.NEXTAUTH_URL = settings.publicUrl
  const provider = oidcProvider()
  return {
    secret: settings.AUTH_SECRET,
    session: { strategy: 'jwt', maxAge: sessionMaxAgeSeconds },
    jwt: { maxAge: sessionMaxAgeSeconds },
    useSecureCookies: isHttps(),
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps() },
      },
    },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    logger: {
      error: (code, metadata) => getLog().warn({ code, reason: describeReason(metadata) }, 'sign-in failed'),
      warn: (code) => getLog().warn({ code }, 'next-auth warns'),
      debug: () => undefined,
    },
    providers: [
      CredentialsProvider({
        id: 'credentials',
        credentials: { email: {}, password: {} },
        async authorize(credentials) {
          try {
            const given = Credentials.safeParse(credentials)
            if (!given.success) throw wrongCredentials()
            const { email, password } = given.data
            const user = await checkCredentials(email, password, readRemoteAddress(request.headers))
            context.proven = { userId: user.id, method: 'password' }
            return { id: user.id }
          } catch (error) {
            context.refusal = error
            if (error instanceof DomainError) return null
            throw new Error('Callback', { cause: error })
          }
        },
      }),
      ...(provider ? [provider] : []),
    ],
    callbacks: {
      async signIn({ account }) {
        if (account?.provider !== oidcProviderId) return context.proven !== undefined
        const link = readCookie(request.headers, linkCookieName)
        const found = link
          ? await linkIdentity(settings.OIDC_ISSUER ?? '', account.providerAccountId, {
              cookie: link,
              sessionId: await readSessionId(readCookie(request.headers, sessionCookieName())),
            })
          : await findIdentity(settings.OIDC_ISSUER ?? '', account.providerAccountId)
        if ('refusal' in found) return `/${link ? 'account' : 'sign-in'}?error=${found.refusal}`
        context.proven = { userId: found.userId, method: 'oidc' }
        return true
      },
      async jwt({ token }) {
        if (!context.proven) return { sid: token.sid }
        const replaces = await readSessionId(readCookie(request.headers, sessionCookieName()))
        const userAgent = request.headers.get('user-agent')
        const { userId, method } = context.proven
        return { sid: await openSession(userId, { userAgent, method, ...(replaces ? { replaces } : {}) }) }
      },
      session: () => ({ expires: '' }),
    },
  }
}

function oidcProvider(): OAuthConfig<{ sub: string }> | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = getSettings()
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return null
  return {
    id: oidcProviderId,
    name: OIDC_NAME,
    type: 'oauth',
    wellKnown: `${OIDC_ISSUER.replace(/\/+$/, '')}/.well-known/openid-configuration`,
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    authorization: { params: { scope: 'openid' } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    // Only the subject is taken: an e-mail address or a name proves nothing.
    profile: (profile) => ({ id: profile.sub }),
  }
}

function describeReason(metadata: unknown): string {
  const error = metadata instanceof Error ? metadata : (metadata as { error?: unknown } | undefined)?.error
  return error instanceof Error ? error.message : 'unknown'
}
