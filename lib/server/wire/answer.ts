import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { DomainError, type ApiError } from '#lib/domain/errors.ts'
import { explainDatabaseError } from '../database/explain-error.ts'
import { getLog } from '../settings/log.ts'

export function answerJson(response: ServerResponse, status: number, value: unknown): void {
  if (response.destroyed || response.headersSent) return
  const body = Buffer.from(JSON.stringify(value))
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
  })
  response.end(body)
}

export function answerNothing(response: ServerResponse): void {
  if (response.destroyed || response.headersSent) return
  response.writeHead(204, { 'cache-control': 'no-store' })
  response.end()
}

/** Errors in the contract's form; what is unknown is logged, and the answer holds its id only. */
export function answerError(response: ServerResponse, thrown: unknown): void {
  if (response.headersSent) {
    // Half an answer cannot be taken back: ending the connection tells the worker that it is one.
    if (!response.writableEnded) response.destroy()
    return
  }
  const error = explainDatabaseError(thrown)
  if (error instanceof DomainError) {
    if (error.retryAfterSeconds !== undefined) response.setHeader('retry-after', error.retryAfterSeconds)
    answerJson(response, error.httpStatus, error.errors)
    return
  }
  const errorId = randomUUID()
  getLog().error({ errorId, err: error }, "a worker's request failed")
  const answer: ApiError = {
    code: 'io.windlass.internal',
    message: `Something went wrong on our side. The log has it as ${errorId}.`,
    params: [errorId],
  }
  answerJson(response, 500, [answer])
}
