import type { IncomingMessage, ServerResponse } from 'node:http'
import { invalid } from '#lib/domain/errors.ts'

/** Answers 400 to an address that is broken or names NUL, which Next would answer with 500; else false. */
export function refuseBrokenAddress(request: IncomingMessage, response: ServerResponse): boolean {
  const [path = ''] = (request.url ?? '/').split('?')
  const fault = findFault(path)
  if (!fault) return false
  const { errors, httpStatus } = invalid([{ path: [], ...fault, given: path }])
  response.writeHead(httpStatus, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(errors))
  return true
}

function findFault(path: string): { rule: string; message: string } | null {
  try {
    if (!decodeURIComponent(path).includes('\0')) return null
    return { rule: 'storableText', message: 'The address holds the character NUL' }
  } catch {
    return { rule: 'percentEncoding', message: 'The address holds a broken percent-encoding' }
  }
}
