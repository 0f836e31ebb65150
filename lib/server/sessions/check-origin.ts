import { forbidden, type DomainError } from '#lib/domain/errors.ts'
import { getSettings } from '../settings/settings.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * The rule against forged requests: what comes with a cookie and changes something carries this console's Origin and
 * is JSON or multipart. A server action may also be text/plain: its Next-Action header cannot be sent from elsewhere
 * without a preflight. Answers the refusal, or null.
 */
export function refuseForgery(request: Request): DomainError | null {
  if (safeMethods.has(request.method)) return null
  const { origin } = new URL(getSettings().publicUrl)
  if (request.headers.get('origin') !== origin) {
    return forbidden(`A change made with a session cookie must come from a page of ${origin}.`)
  }
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  const isAction = type === 'text/plain' && request.headers.has('next-action')
  const isBare = type === undefined && !hasBody(request)
  if (isBare || isAction || type === 'application/json' || type === 'multipart/form-data') return null
  return forbidden('A change made with a session cookie must be JSON or multipart.')
}

function hasBody(request: Request): boolean {
  const length = request.headers.get('content-length')
  return request.headers.has('transfer-encoding') || (length !== null && length !== '0')
}
