import { randomBytes } from 'node:crypto'
import { NextResponse, type NextRequest } from 'next/server'
import { answerError } from '#lib/server/rest/answer-error.ts'
import { refuseForgery } from '#lib/server/sessions/check-origin.ts'
import { nonceHeader, pathHeader } from '#lib/server/sessions/page-headers.ts'
import { isHttps, sessionCookieName } from '#lib/server/sessions/session-cookie.ts'

/**
 * Before every page and action: a nonce and the headers that go with it, and no forged changes. REST, downloads and
 * sign-in keep the same rules in their own doors, because Next would buffer (and cut) an upload that passes here.
 */
export function proxy(request: NextRequest): NextResponse {
  if (request.cookies.has(sessionCookieName())) {
    const forgery = refuseForgery(request)
    if (forgery) {
      const answer = answerError(forgery)
      return secure(new NextResponse(answer.body, answer))
    }
  }
  const nonce = randomBytes(16).toString('base64')
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set(nonceHeader, nonce)
  headers.set('content-security-policy', policy)
  headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search)
  const response = secure(NextResponse.next({ request: { headers } }))
  response.headers.set('content-security-policy', policy)
  return response
}

function secure(response: NextResponse): NextResponse {
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('referrer-policy', 'same-origin')
  response.headers.set('cross-origin-opener-policy', 'same-origin')
  response.headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  if (isHttps()) response.headers.set('strict-transport-security', 'max-age=31536000')
  return response
}

function contentSecurityPolicy(nonce: string): string {
  // React's development build evaluates strings; the production build does not.
  const evaluation = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluation}`,
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

export const config = {
  matcher: ['/((?!_next/static|_next/image|api/|docs/|pics/|vids/|authenticate$|healthz$|favicon).*)'],
}
