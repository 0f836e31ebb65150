import { randomUUID } from 'node:crypto'
import { DomainError, type ApiError } from '#lib/domain/errors.ts'
import { explainDatabaseError } from '../database/explain-error.ts'
import { getLog } from '../settings/log.ts'

const plain = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

/** Every error of REST in the contract's form: an array. What is unknown is logged, and the answer holds its id only. */
export function answerError(thrown: unknown, headers: Record<string, string> = {}): Response {
  const error = explainDatabaseError(thrown)
  if (error instanceof DomainError) {
    const { retryAfterSeconds } = error
    return Response.json(error.errors, {
      status: error.httpStatus,
      headers: {
        ...plain,
        ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
        ...headers,
      },
    })
  }
  const errorId = randomUUID()
  getLog().error({ errorId, err: error }, 'a request failed')
  const answer: ApiError = {
    code: 'io.windlass.internal',
    message: `Something went wrong on our side. The log has it as ${errorId}.`,
    params: [errorId],
  }
  return Response.json([answer], { status: 500, headers: { ...plain, ...headers } })
}
