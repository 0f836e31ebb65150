'use client'

import type { ReactNode } from 'react'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import type { WorkitemError } from '#lib/domain/workitem.ts'
import { causeWords, nextSteps } from './error-words.ts'

/** Why an item failed, in full: what the cause means, the message as the worker had it, and what comes next. */
export function WorkitemErrorPanel({ error, action }: { error: WorkitemError; action?: ReactNode }) {
  return (
    <ErrorPanel
      title={causeWords[error.cause]}
      failure={{ message: error.object ? `${error.object}\n${error.message}` : error.message }}
      nextStep={nextSteps[error.cause]}
      action={action}
    />
  )
}
