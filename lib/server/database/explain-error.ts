import { DomainError, invalid } from '#lib/domain/errors.ts'
import { isDatabaseUnavailable } from './is-unavailable.ts'

/** NUL, in a text or inside JSON; the rest of what callers give is checked before it comes here. */
const unstorableCodes = new Set(['22021', '22P05'])

/**
 * What every door answers in place of an error of the database: that it is away, or that it cannot hold a text. Any
 * other error is answered as it is.
 */
export function explainDatabaseError(error: unknown): unknown {
  if (error instanceof DomainError) return error
  if (isDatabaseUnavailable(error)) {
    return new DomainError(
      'io.windlass.unavailable',
      'The database does not answer just now. Try again in a moment.',
      { retryAfterSeconds: 2 },
    )
  }
  if (!isUnstorable(error)) return error
  const message = 'A text in this request holds a NUL character, which nothing here can have.'
  return invalid([{ path: [], rule: 'storableText', message }])
}

function isUnstorable(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error && 'code' in cause && unstorableCodes.has(String(cause.code))
}
