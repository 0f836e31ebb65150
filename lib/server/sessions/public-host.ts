import type { IncomingMessage } from 'node:http'
import { getSettings } from '../settings/settings.ts'

/**
 * Makes a request say that it came to PUBLIC_URL, whatever a client or a proxy wrote there. Next compares a form's
 * Origin with these headers: a proxy that sends its own Host along would make every form fail.
 */
export function stampPublicHost(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers)) {
    if (name === 'forwarded' || name.startsWith('x-forwarded-')) delete request.headers[name]
  }
  request.headers.host = new URL(getSettings().publicUrl).host
}
