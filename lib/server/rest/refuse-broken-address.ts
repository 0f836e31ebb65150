import type { IncomingMessage, ServerResponse } from 'node:http'
import { invalid } from '#lib/domain/errors.ts'

/** Answers 400 to an address whose percent-encoding is broken, which Next would answer with 500; else false. */
export function refuseBrokenAddress(request: IncomingMessage, response: ServerResponse): boolean {
  const [path = ''] = (request.url ?? '/').split('?')
  try {
    decodeURIComponent(path)
    return false
  } catch {
    const message = 'The address holds a broken percent-encoding'
    const { errors, httpStatus } = invalid([{ path: [], rule: 'percentEncoding', message, given: path }])
    response.writeHead(httpStatus, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    response.end(JSON.stringify(errors))
    return true
  }
}
