import type { ApiError } from '#lib/domain/errors.ts'

/** A request the console refused or could not answer, with everything it said. */
export class RequestFailure extends Error {
  readonly status: number
  readonly errors: readonly ApiError[]

  constructor(status: number, errors: readonly ApiError[]) {
    super(errors.map((error) => error.message).join('\n') || `The console answered with status ${status}.`)
    this.name = 'RequestFailure'
    this.status = status
    this.errors = errors
  }

  get code(): string | undefined {
    return this.errors[0]?.code
  }

  /** Asking again would be answered the same. */
  get isFinal(): boolean {
    return this.status >= 400 && this.status < 500 && this.status !== 408 && this.status !== 429
  }
}

/** Any failure of a query as an error panel takes it. */
export function describeFailure(error: Error): { code?: string; message: string } {
  if (error instanceof RequestFailure) {
    return error.code === undefined
      ? { message: error.message }
      : { code: error.code, message: error.message }
  }
  return { message: 'The console does not answer. This page asks again by itself.' }
}
