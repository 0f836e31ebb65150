import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'

const contentTypes: Record<string, string> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=UTF-8',
  '.map': 'application/json; charset=UTF-8',
  '.txt': 'text/plain; charset=UTF-8',
}

const encodings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const

/**
 * Serves what the build compressed ahead (`deploy/compress-static.ts`): Next itself knows no Brotli and compresses anew
 * for each request. Answers false for everything else, which is Next's. Only files that stood there at start are
 * known, so no address can lead out of the folder.
 */
export function createStaticFiles(
  staticFolder: string,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const known = new Set<string>()
  if (existsSync(staticFolder)) {
    for (const entry of readdirSync(staticFolder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      known.add(join(entry.parentPath, entry.name).slice(staticFolder.length).replaceAll('\\', '/'))
    }
  }
  const kept = new Map<string, Promise<Buffer>>()

  return (request, response) => {
    const address = request.url ?? ''
    if (!address.startsWith('/_next/static/')) return false
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    const path = readPath(address)
    const contentType = path === undefined ? undefined : contentTypes[extname(path)]
    if (path === undefined || contentType === undefined || !known.has(path)) return false
    const accepted = request.headers['accept-encoding']?.toString() ?? ''
    const encoding = encodings.find(({ name, suffix }) => accepts(accepted, name) && known.has(path + suffix))
    if (!encoding) return false

    const file = path + encoding.suffix
    let content = kept.get(file)
    if (!content) kept.set(file, (content = readFile(join(staticFolder, file))))
    void answer(request, response, content, {
      'Content-Type': contentType,
      'Content-Encoding': encoding.name,
    })
    return true
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  content: Promise<Buffer>,
  headers: Record<string, string>,
): Promise<void> {
  try {
    const bytes = await content
    response.writeHead(200, {
      ...headers,
      'Content-Length': bytes.length,
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
      Vary: 'Accept-Encoding',
    })
    response.end(request.method === 'HEAD' ? undefined : bytes)
  } catch {
    // Gone from under us: a new build was laid over a running console.
    response.writeHead(404).end()
  }
}

function readPath(address: string): string | undefined {
  try {
    return decodeURIComponent(address.slice('/_next/static'.length).split('?')[0]!)
  } catch {
    return undefined
  }
}

/** Reads `Accept-Encoding: gzip, br;q=0.5`; a weight of nought means no. */
function accepts(accepted: string, encoding: string): boolean {
  return accepted.split(',').some((each) => {
    const [name, ...parameters] = each.split(';').map((part) => part.trim())
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
  })
}
