import type { IncomingMessage } from 'node:http'

const header = 'x-windlass-remote-address'

/**
 * Writes the socket's address into the request, over anything the client sent. The listener calls it for every
 * request it hands to Next, whose handlers cannot see the socket. `X-Forwarded-For` is never believed.
 */
export function stampRemoteAddress(request: IncomingMessage): void {
  request.headers[header] = request.socket.remoteAddress ?? 'unknown'
}

export const readRemoteAddress = (headers: Headers): string => headers.get(header) ?? 'unknown'
