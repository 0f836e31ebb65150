'use client'

import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { UndoIcon } from '#components/ui/icons.ts'
import { TextLink } from '#components/ui/text-link.tsx'
import { useToast, useToastHold } from '#components/ui/toasts.tsx'
import { addresses } from '#lib/domain/addresses.ts'
import type { Workitem, WorkitemStatus } from '#lib/domain/workitem.ts'
import { queries, type AnyWorkitem } from '#lib/queries/resources.ts'
import { useRefetch } from '#lib/queries/use-refetch.ts'
import type { WorkitemActions } from './workitem-actions.ts'
import { operationWords } from './words.ts'

/** Says that something was queued, with the way to it and, while nobody has claimed it, the way back. */
export function useWorkitemToast(cancel: WorkitemActions['cancel']): (item: Workitem) => void {
  const toast = useToast()
  const { name: namespace } = useNamespace()
  return (item) =>
    toast(
      <>
        <TextLink href={addresses.workitem(namespace, item.requestId)} isStrong>
          {operationWords[item.operation]} of {item.installationName}
        </TextLink>{' '}
        <HowFar namespace={namespace} item={item} />
      </>,
      <UndoButton namespace={namespace} item={item} cancel={cancel} />,
    )
}

interface ItemProps {
  /** Toasts stand outside of every page, so outside of its namespace. */
  namespace: string
  item: Workitem
}

function useItem(namespace: string, item: Workitem): AnyWorkitem {
  const { data } = useQuery({ ...queries.workitem(namespace, item.requestId), placeholderData: item })
  return data ?? item
}

const howFar: Partial<Record<WorkitemStatus, string>> = {
  REQUESTED: 'is queued.',
  PENDING: 'is in progress.',
  SUCCEEDED: 'is done.',
}

/** A toast that is still there when the worker has acted does not say that the item waits; a failure is told by its page. */
function HowFar({ namespace, item }: ItemProps) {
  return <>{howFar[useItem(namespace, item).status] ?? 'was queued.'}</>
}

interface UndoButtonProps extends ItemProps {
  cancel: WorkitemActions['cancel']
}

function UndoButton({ namespace, item, cancel }: UndoButtonProps) {
  const refetch = useRefetch(namespace)
  const toast = useToast()
  const [isBusy, setIsBusy] = useState(false)
  const data = useItem(namespace, item)
  const isCancellable = 'cancellable' in data && data.cancellable
  useToastHold(isCancellable)
  if (!isCancellable) return null
  const about = `${operationWords[item.operation]} of ${item.installationName}`

  async function undo(): Promise<void> {
    setIsBusy(true)
    try {
      const answer = await cancel(namespace, item.requestId)
      // Refused means that a worker was faster: the button goes, and the item's page says how it went on.
      if (answer.ok) toast(`${about} is undone.`)
    } finally {
      setIsBusy(false)
      refetch('workitem', 'installation')
    }
  }

  return (
    <Button size="small" disabled={isBusy} startIcon={<UndoIcon aria-hidden />} onClick={() => void undo()}>
      Undo
    </Button>
  )
}
