/**
 * An error as the log holds it. One of a failed statement repeats every value that was sent, hashes and session ids
 * among them: of it the log gets the statement, and the database's own words as the cause.
 */
export function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { code } = error as { code?: unknown }
  return {
    type: error.constructor.name,
    message: isOfStatement(error) ? `Failed query: ${String(error.query)}` : error.message,
    ...(code === undefined ? {} : { code }),
    stack: framesOf(error),
    ...(error.cause === undefined ? {} : { cause: serializeError(error.cause) }),
    ...(error instanceof AggregateError ? { errors: error.errors.map(serializeError) } : {}),
  }
}

/** Why something failed, in one line: the words of the error that began it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause instanceof Error) return reasonOf(error.cause)
  // A connection that failed at several addresses has its reasons inside and no message of its own.
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join('; ')
  return isOfStatement(error) ? 'a statement failed' : error.message
}

const isOfStatement = (error: Error): error is Error & { query: unknown } =>
  'query' in error && 'params' in error

/** Where it was thrown, without the message that a stack begins with. */
function framesOf({ stack = '', message }: Error): string {
  const at = stack.indexOf(message)
  return at === -1 ? '' : stack.slice(at + message.length).trim()
}
