const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])
/**
 * Class 08: connection; 57P01 to 57P03: shutting down or starting; 53300: too many connections; 25P03: it stood still
 * for too long; 40001, 40P01 and 55P03: another transaction was in the way.
 */
const serverCode = /^(08...|57P0[123]|53300|25P03|40001|40P01|55P03)$/
const words = /connection terminated|timeout exceeded when trying to connect|not queryable/i

/** Whether an error says that the database cannot now, and may soon, rather than that a statement is wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
    if (connectionCodes.has(code) || serverCode.test(code) || words.test(cause.message)) return true
    if (cause instanceof AggregateError && cause.errors.some(isDatabaseUnavailable)) return true
  }
  return false
}
