import { z } from 'zod'
import {
  ClaimAnswer,
  type ClaimRequest,
  type FinishRequest,
  type ProgressRequest,
  protocolHeader,
  protocolVersion,
  RenewAnswer,
  type ReleaseRequest,
  type RenewRequest,
  type ReportRequest,
  wirePaths,
} from './messages.ts'
import { ConsoleError } from './client-error.ts'
import { createAgent, exchange, type ExchangeAnswer, ExchangeFailure, parseRetryAfter } from './exchange.ts'

export interface ConsoleClientSettings {
  /** The console's address; a path in it is kept as a prefix. */
  url: URL
  token: string
  clusterName: string
  /** The worker's own version, for the console's log. */
  version: string
}

/** Every call throws ConsoleError and nothing else. None is retried here: that is for the loops to decide. */
export interface ConsoleClient {
  /** `askedAt` is `performance.now()` before the question: the leases last at least as long from there. */
  claim(request: ClaimRequest, signal?: AbortSignal): Promise<{ answer: ClaimAnswer; askedAt: number }>
  renew(request: RenewRequest, signal?: AbortSignal): Promise<{ answer: RenewAnswer; askedAt: number }>
  release(request: ReleaseRequest, signal?: AbortSignal): Promise<void>
  progress(request: ProgressRequest, signal?: AbortSignal): Promise<void>
  finish(request: FinishRequest, signal?: AbortSignal): Promise<void>
  report(request: ReportRequest, signal?: AbortSignal): Promise<void>
  /** The bytes of library content that a leased item mounts. */
  fetchContent(
    request: { requestId: string; leaseToken: string; sha256: string },
    signal?: AbortSignal,
  ): Promise<Uint8Array>
  close(): void
}

const callTimeoutMilliseconds = 15_000
const claimMaximumBytes = 64 * 1024 ** 2
const contentMaximumBytes = 26 * 1024 ** 2
const otherMaximumBytes = 1024 ** 2

const ErrorAnswer = z.array(z.object({ message: z.string() })).min(1)

export function createConsoleClient(settings: ConsoleClientSettings): ConsoleClient {
  const agent = createAgent(settings.url)
  const place = `the console at ${settings.url.origin}`

  async function call(options: {
    method: 'GET' | 'POST'
    path: string
    message?: unknown
    timeoutMilliseconds?: number
    maximumBytes?: number
    signal?: AbortSignal | undefined
  }): Promise<ExchangeAnswer> {
    const url = new URL(settings.url.href.replace(/\/+$/, '') + options.path)
    try {
      const answer = await exchange({
        url,
        method: options.method,
        headers: {
          authorization: `Bearer ${settings.token}`,
          [protocolHeader]: String(protocolVersion),
          'user-agent': `windlass-worker/${settings.version}`,
          accept: options.method === 'GET' ? '*/*' : 'application/json',
          ...(options.message === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: options.message === undefined ? undefined : JSON.stringify(options.message),
        agent,
        timeoutMilliseconds: options.timeoutMilliseconds ?? callTimeoutMilliseconds,
        maximumBytes: options.maximumBytes ?? otherMaximumBytes,
        signal: options.signal,
      })
      if (answer.status >= 200 && answer.status < 300) return answer
      throw explainRefusal(answer, place, settings.clusterName)
    } catch (error) {
      throw error instanceof ExchangeFailure ? explainFailure(error, place) : error
    }
  }

  const post = (path: string, message: unknown, signal?: AbortSignal) =>
    call({ method: 'POST', path, message, signal })

  return {
    async claim(request, signal) {
      const askedAt = performance.now()
      const reply = await call({
        method: 'POST',
        path: wirePaths.claim,
        message: request,
        timeoutMilliseconds: request.waitSeconds * 1000 + callTimeoutMilliseconds,
        maximumBytes: claimMaximumBytes,
        signal,
      })
      return { answer: parse(ClaimAnswer, reply, place), askedAt }
    },
    async renew(request, signal) {
      const askedAt = performance.now()
      const reply = await post(wirePaths.renew, request, signal)
      return { answer: parse(RenewAnswer, reply, place), askedAt }
    },
    async release(request, signal) {
      await post(wirePaths.release, request, signal)
    },
    async progress(request, signal) {
      await post(wirePaths.progress, request, signal)
    },
    async finish(request, signal) {
      await post(wirePaths.finish, request, signal)
    },
    async report(request, signal) {
      await post(wirePaths.report, request, signal)
    },
    async fetchContent(request, signal) {
      const path = `${wirePaths.content}?${new URLSearchParams(request).toString()}`
      const reply = await call({ method: 'GET', path, maximumBytes: contentMaximumBytes, signal })
      return reply.body
    },
    close: () => agent.destroy(),
  }
}

function parse<T>(schema: z.ZodType<T>, reply: ExchangeAnswer, place: string): T {
  const parsed = schema.safeParse(parseJson(reply.body))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ConsoleError(
    'garbage',
    `The answer of ${place} is not one this worker understands (${issue?.path.join('.') || 'not JSON'}): check that VANTIQ_URL is a Windlass console and that its version fits this worker's.`,
  )
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

function explainFailure(failure: ExchangeFailure, place: string): ConsoleError {
  if (failure.kind === 'aborted') return new ConsoleError('aborted', 'The call was given up.')
  if (failure.kind === 'tooLarge') {
    return new ConsoleError('garbage', `The answer of ${place} cannot be right: ${failure.message}.`)
  }
  return new ConsoleError(
    'network',
    `Cannot reach ${place} (${failure.message}): check VANTIQ_URL, the proxy settings, and that certificates of a private authority are named by NODE_EXTRA_CA_CERTS.`,
  )
}

function explainRefusal(reply: ExchangeAnswer, place: string, clusterName: string): ConsoleError {
  const said = ErrorAnswer.safeParse(parseJson(reply.body))
  const words = said.success ? said.data.map((error) => error.message).join(' ') : ''
  const retryAfterSeconds = parseRetryAfter(reply.headers['retry-after'])
  switch (reply.status) {
    case 401:
      return new ConsoleError(
        'unauthorized',
        `VANTIQ_ACCESS_TOKEN is not accepted by ${place}: it is wrong, expired or revoked; create a new worker token for cluster "${clusterName}".`,
      )
    case 403:
      return new ConsoleError(
        'forbidden',
        `VANTIQ_ACCESS_TOKEN may not serve cluster "${clusterName}" at ${place}: create a worker token that names this cluster. ${words}`.trim(),
      )
    case 404:
      return said.success
        ? new ConsoleError(
            'unknownCluster',
            `${capital(place)} does not know it (cluster "${clusterName}"): ${words}`,
          )
        : notWindlass(reply.status, place)
    case 409:
      return new ConsoleError('staleLease', words || `${capital(place)} says that the lease is over.`)
    case 426:
      return new ConsoleError(
        'protocolUnsupported',
        `${capital(place)} does not speak version ${protocolVersion} of the worker protocol. ${words || 'Install the worker version that belongs to the console.'}`,
      )
    case 400:
    case 413:
      return said.success
        ? new ConsoleError('refused', `${capital(place)} refused a message of this worker: ${words}`)
        : notWindlass(reply.status, place)
    case 429:
      return new ConsoleError('unavailable', `${capital(place)} asks to slow down.`, retryAfterSeconds)
    default:
      return reply.status >= 500
        ? new ConsoleError(
            'unavailable',
            `${capital(place)} cannot serve just now (status ${reply.status}). ${words}`.trim(),
            retryAfterSeconds,
          )
        : notWindlass(reply.status, place)
  }
}

function notWindlass(status: number, place: string): ConsoleError {
  return new ConsoleError(
    'garbage',
    `${capital(place)} answered with status ${status} and nothing a Windlass console would say: check VANTIQ_URL, and that nothing in between answers in its place.`,
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
