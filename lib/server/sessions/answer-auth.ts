import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { answerError } from '../rest/answer-error.ts'
import { makeAuthOptions, oidcProviderId, type SignInContext } from './auth-options.ts'
import { refuseForgery } from './check-origin.ts'
import { linkCookieName } from './link-identity.ts'

/** What we use of next-auth; its other addresses (built-in pages, session, sign-out, _log) do not exist here. */
const known = new Set([
  'GET csrf',
  'GET providers',
  'GET signin',
  'GET error',
  `GET callback/${oidcProviderId}`,
  `POST signin/${oidcProviderId}`,
  'POST callback/credentials',
])

interface AuthRouteContext {
  params: Promise<{ nextauth: string[] }>
}

/** Sign-in's door: next-auth, with our errors in our form, and no forged posts. */
export async function answerAuth(request: NextRequest, route: AuthRouteContext): Promise<Response> {
  const { nextauth } = await route.params
  if (!known.has(`${request.method} ${nextauth.join('/')}`)) return new Response(null, { status: 404 })
  const forgery = refuseForgery(request)
  if (forgery) return answerError(forgery)
  const context: SignInContext = {}
  try {
    const response = (await NextAuth(request, route, makeAuthOptions(request, context))) as Response
    if (context.refusal !== undefined) return answerError(context.refusal)
    if (nextauth[0] === 'callback') {
      response.headers.append('set-cookie', `${linkCookieName}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`)
    }
    return response
  } catch (error) {
    return answerError(error)
  }
}
