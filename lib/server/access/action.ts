import { randomUUID } from 'node:crypto'
import type { ActionResult } from '#lib/domain/action-result.ts'
import { DomainError } from '#lib/domain/errors.ts'
import { explainDatabaseError } from '../database/explain-error.ts'
import { getLog } from '../settings/log.ts'

/** The form's door: runs a verb for a server action and turns what it throws into a value the page can show. */
export async function answerAction<Value>(work: () => Promise<Value>): Promise<ActionResult<Value>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    const refusal = explainDatabaseError(error)
    if (refusal instanceof DomainError) {
      const { code, message, faults } = refusal
      return { ok: false, failure: { code, message, faults: [...faults] } }
    }
    if (isNextControlFlow(error)) throw error
    const errorId = randomUUID()
    getLog().error({ errorId, err: error }, 'an action failed')
    return {
      ok: false,
      failure: {
        code: 'io.windlass.internal',
        message: `Something went wrong on our side. The log has it as ${errorId}.`,
        faults: [],
        errorId,
      },
    }
  }
}

/** redirect() and notFound() are thrown, and Next must see them. */
function isNextControlFlow(error: unknown): boolean {
  return error instanceof Error && 'digest' in error && String(error.digest).startsWith('NEXT_')
}
