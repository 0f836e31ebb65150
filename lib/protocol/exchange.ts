import http from 'node:http'
import https from 'node:https'

/** One HTTP request and its whole answer: the ground under the console's client and the worker's Kubernetes client. */
export interface ExchangeRequest {
  url: URL
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers: Record<string, string>
  body?: string | undefined
  agent: http.Agent | undefined
  /** From the call to the last byte of the answer. */
  timeoutMilliseconds: number
  /** A longer answer is refused, not cut. */
  maximumBytes: number
  signal?: AbortSignal | undefined
}

export interface ExchangeAnswer {
  status: number
  headers: http.IncomingHttpHeaders
  body: Buffer
}

/** No answer was had. Whether the request took effect on the other side is not known. */
export class ExchangeFailure extends Error {
  readonly kind: 'network' | 'timeout' | 'tooLarge' | 'aborted'

  constructor(kind: ExchangeFailure['kind'], message: string) {
    super(message)
    this.name = 'ExchangeFailure'
    this.kind = kind
  }
}

/** Follows no redirect: a token is sent to the address it was given for and to no other. */
export function exchange(request: ExchangeRequest): Promise<ExchangeAnswer> {
  return new Promise((resolve, reject) => {
    const { url, signal } = request
    if (signal?.aborted) {
      reject(new ExchangeFailure('aborted', 'aborted'))
      return
    }
    const body = request.body === undefined ? undefined : Buffer.from(request.body)
    const sending = (url.protocol === 'https:' ? https : http).request(url, {
      method: request.method,
      headers: {
        ...request.headers,
        ...(body === undefined ? {} : { 'content-length': String(body.byteLength) }),
      },
      agent: request.agent,
    })

    const settle = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
    const fail = (failure: ExchangeFailure) => {
      settle()
      reject(failure)
      sending.destroy()
    }
    const onAbort = () => fail(new ExchangeFailure('aborted', 'aborted'))
    const timer = setTimeout(
      () => fail(new ExchangeFailure('timeout', `no answer within ${request.timeoutMilliseconds / 1000} s`)),
      request.timeoutMilliseconds,
    )
    signal?.addEventListener('abort', onAbort, { once: true })

    sending.on('error', (error) => fail(new ExchangeFailure('network', describeNetworkError(error))))
    sending.on('response', (response) => {
      const chunks: Buffer[] = []
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength
        chunks.push(chunk)
        if (bytes > request.maximumBytes) {
          fail(new ExchangeFailure('tooLarge', `the answer is longer than ${request.maximumBytes} bytes`))
        }
      })
      response.on('error', (error) => fail(new ExchangeFailure('network', describeNetworkError(error))))
      response.on('end', () => {
        settle()
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        })
      })
    })
    sending.end(body)
  })
}

/** A connection pool for one address. Honours HTTPS_PROXY, HTTP_PROXY and NO_PROXY, but never for loopback. */
export function createAgent(url: URL, options: https.AgentOptions = {}): http.Agent {
  const shared = {
    ...options,
    keepAlive: true,
    ...(isLoopback(url.hostname) ? {} : { proxyEnv: process.env }),
  }
  return url.protocol === 'https:' ? new https.Agent(shared) : new http.Agent(shared)
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/** Seconds of a Retry-After header, given as seconds or as a date; undefined when there is none. */
export function parseRetryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  if (/^\d+$/.test(header)) return Number(header)
  const moment = Date.parse(header)
  return Number.isNaN(moment) ? undefined : Math.max(0, Math.ceil((moment - Date.now()) / 1000))
}

/** Node gives several addresses' failures as an AggregateError without a message of its own. */
function describeNetworkError(error: Error): string {
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error]
  const cause = first instanceof Error ? first : error
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  return cause.message.includes(code) ? cause.message : `${code}: ${cause.message}`
}
