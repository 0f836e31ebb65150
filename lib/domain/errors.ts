/**
 * Every way the product refuses or fails, in one table. `Throw DomainError, map codes once`: the doors (form,
 * REST, worker) read the HTTP status here and nowhere else.
 */
export const httpStatusOfCode = {
  'io.vantiq.resource.not.found': 404,
  'io.vantiq.type.system.resource.unknown': 404,
  'io.windlass.invalid': 400,
  'io.windlass.unauthenticated': 401,
  'io.windlass.forbidden': 403,
  'io.windlass.method.not.allowed': 405,
  'io.windlass.conflict': 409,
  'io.windlass.revision.stale': 409,
  'io.windlass.lease.stale': 409,
  'io.windlass.too.large': 413,
  'io.windlass.too.many.requests': 429,
  'io.windlass.protocol.unsupported': 426,
  'io.windlass.unavailable': 503,
  'io.windlass.internal': 500,
} as const

export type ErrorCode = keyof typeof httpStatusOfCode

/** One element of an error answer, as section 3 of the contract has it. */
export interface ApiError {
  code: ErrorCode
  message: string
  params: unknown[]
}

/** Steps from the root of what was given to the part that is wrong: `['config', 2, 'port']`. */
export type FaultPath = readonly (string | number)[]

/** One broken rule. `given` is absent where the value is a secret. */
export interface Fault {
  path: FaultPath
  /** The rule's name: Kubernetes' own where it has one (`dns1123Label`), else ours (`exactlyOne`). */
  rule: string
  /** A sentence that names the rule and the bad part; fit to stand beside the field. */
  message: string
  given?: unknown
}

/** `['config', 2, 'port']` as `config[2].port`. */
export function formatFaultPath(path: FaultPath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  )
}

export class DomainError extends Error {
  readonly code: ErrorCode
  readonly errors: readonly ApiError[]
  readonly faults: readonly Fault[]
  /** Seconds until trying again makes sense; only with 429 and 503. */
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: ErrorCode,
    message: string,
    details: { params?: unknown[]; faults?: readonly Fault[]; retryAfterSeconds?: number } = {},
  ) {
    super(message)
    this.name = 'DomainError'
    this.code = code
    this.faults = details.faults ?? []
    this.retryAfterSeconds = details.retryAfterSeconds
    this.errors =
      this.faults.length > 0
        ? this.faults.map((fault) => ({
            code,
            message: fault.message,
            params: [
              formatFaultPath(fault.path),
              fault.rule,
              ...(fault.given === undefined ? [] : [fault.given]),
            ],
          }))
        : [{ code, message, params: details.params ?? [] }]
  }

  get httpStatus(): number {
    return httpStatusOfCode[this.code]
  }
}

/** The refusal of input: every fault at once. */
export function invalid(faults: readonly Fault[]): DomainError {
  const [first] = faults
  const message = faults.length === 1 && first ? first.message : `${faults.length} values are refused`
  return new DomainError('io.windlass.invalid', message, { faults })
}

/** In exactly the words of the contract: `notFound('k8sclusters', { name: 'foo' })`. */
export function notFound(resource: string, key: Record<string, string>): DomainError {
  const given = `{${Object.entries(key)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')}}`
  return new DomainError(
    'io.vantiq.resource.not.found',
    `The requested instance ('${given}') of the ${resource} resource could not be found.`,
    { params: [resource, given] },
  )
}

export function conflict(message: string, params: unknown[] = []): DomainError {
  return new DomainError('io.windlass.conflict', message, { params })
}

export function forbidden(message: string): DomainError {
  return new DomainError('io.windlass.forbidden', message)
}
