import { z } from 'zod'

const Status = z.object({
  kind: z.literal('Status'),
  reason: z.string().optional(),
  message: z.string().optional(),
  details: z
    .object({
      kind: z.string().optional(),
      name: z.string().optional(),
      retryAfterSeconds: z.number().optional(),
      causes: z
        .array(
          z.object({
            reason: z.string().optional(),
            message: z.string().optional(),
            field: z.string().optional(),
          }),
        )
        .optional(),
    })
    .optional(),
})

export interface StatusCause {
  reason: string
  message: string
  field: string
}

/** What the API server refused, in its own words; `status` 0: it did not answer. */
export class KubernetesError extends Error {
  readonly status: number
  readonly reason: string
  readonly causes: readonly StatusCause[]
  /** The kind the refusal is about (`namespaces`), where Kubernetes says it. */
  readonly aboutKind: string
  readonly retryAfterSeconds: number | undefined

  constructor(options: {
    status: number
    reason: string
    message: string
    causes?: StatusCause[]
    aboutKind?: string
    retryAfterSeconds?: number | undefined
  }) {
    super(options.message)
    this.name = 'KubernetesError'
    this.status = options.status
    this.reason = options.reason
    this.causes = options.causes ?? []
    this.aboutKind = options.aboutKind ?? ''
    this.retryAfterSeconds = options.retryAfterSeconds
  }

  get isFieldConflict(): boolean {
    return this.causes.some((cause) => cause.reason === 'FieldManagerConflict')
  }

  /** The object is not what was read: changed, gone, or there already. */
  get isStale(): boolean {
    return this.status === 409 && !this.isFieldConflict
  }

  /** Under server-side apply an unknown field is answered with 500: the user's error, not the server's. */
  get isUnknownField(): boolean {
    return this.status === 500 && /field not declared in schema|unknown field/.test(this.message)
  }

  get isTransient(): boolean {
    return (this.status === 0 || this.status === 429 || this.status >= 500) && !this.isUnknownField
  }
}

export function toKubernetesError(
  status: number,
  body: Buffer,
  headerRetryAfterSeconds: number | undefined,
): KubernetesError {
  const text = body.toString('utf8')
  const parsed = Status.safeParse(parseJson(text))
  if (!parsed.success) {
    return new KubernetesError({
      status,
      reason: '',
      message: `The API server answered with status ${status}${text ? `: ${text.slice(0, 500)}` : ''}`,
      retryAfterSeconds: headerRetryAfterSeconds,
    })
  }
  const { reason, message, details } = parsed.data
  return new KubernetesError({
    status,
    reason: reason ?? '',
    message: message ?? `The API server answered with status ${status}`,
    causes: (details?.causes ?? []).map((cause) => ({
      reason: cause.reason ?? '',
      message: cause.message ?? '',
      field: cause.field ?? '',
    })),
    aboutKind: details?.kind ?? '',
    retryAfterSeconds: headerRetryAfterSeconds ?? details?.retryAfterSeconds,
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
