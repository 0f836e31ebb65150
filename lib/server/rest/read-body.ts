import { DomainError, invalid } from '#lib/domain/errors.ts'

const bodyLimitBytes = 5 * 1024 * 1024

/** Beyond this nobody is waited for: the answer goes out while the client still sends. */
const drainLimitBytes = 64 * 1024 * 1024

/** The JSON of a request. Throws 413 with limit and size, or 400 when it is no JSON. */
export async function readJson(request: Request): Promise<unknown> {
  const declared = Number(request.headers.get('content-length') ?? 0)
  if (declared > bodyLimitBytes) {
    await drain(request.body, declared)
    throw tooLarge(declared)
  }
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body ?? []) {
    size += part.length
    if (size <= bodyLimitBytes) parts.push(part)
    else if (size > drainLimitBytes) break
  }
  if (size > bodyLimitBytes) throw tooLarge(size)
  const text = Buffer.concat(parts).toString('utf8')
  try {
    return JSON.parse(text) as unknown
  } catch {
    const message = text === '' ? 'The request has no body; it needs JSON' : 'The body is not JSON'
    throw invalid([{ path: [], rule: 'json', message }])
  }
}

/** Reads on without keeping anything: a client that is cut off while it sends does not see the answer. */
export async function drain(body: ReadableStream<Uint8Array> | null, declared: number): Promise<void> {
  if (declared > drainLimitBytes) return
  let size = 0
  for await (const part of body ?? []) {
    size += part.length
    if (size > drainLimitBytes) return
  }
}

const tooLarge = (size: number): DomainError =>
  new DomainError(
    'io.windlass.too.large',
    `A request's body has at most ${bodyLimitBytes} bytes (5 MiB), and this one has ${size}.`,
    { params: [bodyLimitBytes, size] },
  )
