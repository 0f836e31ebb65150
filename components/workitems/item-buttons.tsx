'use client'

import Button from '@mui/material/Button'
import { useState } from 'react'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { useToast } from '#components/ui/toasts.tsx'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import type { Failure } from '#lib/domain/action-result.ts'
import { useRefetch } from '#lib/queries/use-refetch.ts'
import type { AnyWorkitem } from '#lib/queries/resources.ts'
import { mayBeDismissed, mayBeRetried, type WorkitemActions } from './workitem-actions.ts'
import { operationWords } from './words.ts'

interface ItemButtonsProps {
  item: AnyWorkitem
  actions: WorkitemActions
}

/** Cancel, retry, dismiss: whichever the item's state allows. A refusal stays beside them. */
export function ItemButtons({ item, actions }: ItemButtonsProps) {
  const { name: namespace, canChange } = useNamespace()
  const refetch = useRefetch(namespace)
  const toast = useToast()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const isCancellable = 'cancellable' in item && item.cancellable
  const isOutstanding = !('finishedAt' in item)
  const about = `${operationWords[item.operation]} of ${item.installationName}`

  async function run(action: WorkitemActions[keyof WorkitemActions], done: string): Promise<void> {
    setIsBusy(true)
    setFailure(null)
    try {
      const answer = await action(namespace, item.requestId)
      if (answer.ok) toast(done)
      else setFailure(answer.failure)
    } catch {
      setFailure({
        code: 'io.windlass.unavailable',
        message: 'The console did not answer. Try again.',
        faults: [],
      })
    } finally {
      setIsBusy(false)
      refetch('workitem', 'installation')
    }
  }

  if (!canChange || !isOutstanding) return null
  return (
    <>
      {isCancellable ? (
        <Button
          size="small"
          disabled={isBusy}
          aria-label={`Cancel ${about}`}
          onClick={() => void run(actions.cancel, `${about} is cancelled.`)}
        >
          Cancel
        </Button>
      ) : null}
      {mayBeRetried(item) ? (
        <Button
          size="small"
          disabled={isBusy}
          aria-label={`Retry ${about}`}
          onClick={() => void run(actions.retry, `${about} is queued again.`)}
        >
          Retry
        </Button>
      ) : null}
      {mayBeDismissed(item) ? (
        <Button
          size="small"
          disabled={isBusy}
          aria-label={`Dismiss ${about}`}
          onClick={() => void run(actions.dismiss, `${about} is dismissed; the history keeps it.`)}
        >
          Dismiss
        </Button>
      ) : null}
      {failure ? <ErrorPanel failure={failure} /> : null}
    </>
  )
}
