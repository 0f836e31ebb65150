import type { ApiError, Fault } from './errors.ts'

/** What a server action answers: an error is a value, because Next hides the message of one that is thrown. */
export type ActionResult<Value> = { ok: true; value: Value } | { ok: false; failure: Failure }

export interface Failure {
  code: ApiError['code']
  message: string
  /** For the fields of a form, by path. */
  faults: Fault[]
  /** The id under which an unknown error is logged; nothing else of it is told. */
  errorId?: string
}
