import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FaultBoard } from './faults.ts'
import type { Kind } from './kinds.ts'
import type { Store } from './store.ts'
import type { ObjectWriter } from './write-objects.ts'

/** What every request works on. */
export interface Cluster {
  store: Store
  writer: ObjectWriter
  board: FaultBoard
  token: string
}

/** One request to a resource, taken apart. */
export interface Call {
  cluster: Cluster
  request: IncomingMessage
  response: ServerResponse
  url: URL
  method: string
  kind: Kind
  namespace: string | undefined
  name: string | undefined
  subresource: string
}

export function sendJson(
  response: ServerResponse,
  code: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body)
  response.writeHead(code, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  })
  response.end(text)
}

export function wantsTable(call: Call): boolean {
  return (call.request.headers.accept ?? '').split(',').some((part) => part.includes('as=Table'))
}
