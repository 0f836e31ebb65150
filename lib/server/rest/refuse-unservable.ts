import type { IncomingMessage, ServerResponse } from 'node:http'
import { DomainError, invalid } from '#lib/domain/errors.ts'

/** Methods that fetch's Request cannot have (https://fetch.spec.whatwg.org/#forbidden-method). */
const forbiddenMethods = new Set(['CONNECT', 'TRACE', 'TRACK'])

/**
 * Answers 400 to an address that is broken or names NUL, 405 to a method that no Request can have, which Next would
 * both answer with 500; else false.
 */
export function refuseUnservable(request: IncomingMessage, response: ServerResponse): boolean {
  const refusal = findRefusal(request.method ?? 'GET', request.url ?? '/')
  if (!refusal) return false
  response.writeHead(refusal.httpStatus, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(refusal.errors))
  return true
}

function findRefusal(method: string, address: string): DomainError | null {
  if (forbiddenMethods.has(method)) {
    const message = `${method} is not possible here.`
    return new DomainError('io.windlass.method.not.allowed', message, { params: [method, []] })
  }
  const [path = ''] = address.split('?')
  const refuse = (rule: string, message: string) => invalid([{ path: [], rule, message, given: path }])
  try {
    if (!decodeURIComponent(path).includes('\0')) return null
    return refuse('storableText', 'The address holds the character NUL')
  } catch {
    return refuse('percentEncoding', 'The address holds a broken percent-encoding')
  }
}
