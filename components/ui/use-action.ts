'use client'

import { useState } from 'react'
import type { ActionResult, Failure } from '#lib/domain/action-result.ts'

/** Runs an action from a button or a menu: one at a time, its refusal kept until the next. */
export function useAction() {
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setIsBusy] = useState(false)

  async function run<Answer>(
    action: () => Promise<ActionResult<Answer>>,
    onDone: (answer: Answer) => void,
  ): Promise<void> {
    setIsBusy(true)
    setFailure(null)
    try {
      const answer = await action()
      if (answer.ok) onDone(answer.value)
      else setFailure(answer.failure)
    } catch {
      setFailure({
        code: 'io.windlass.unavailable',
        message:
          'The console did not answer, so it is not certain whether this was done. Look before trying again.',
        faults: [],
      })
    } finally {
      setIsBusy(false)
    }
  }

  return { run, isBusy, failure, clearFailure: () => setFailure(null) }
}
