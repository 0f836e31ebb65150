'use client'

import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { UndoIcon } from '#components/ui/icons.ts'
import type { ActionResult } from '#lib/domain/action-result.ts'
import type { Workitem } from '#lib/domain/workitem.ts'
import { fetchWorkitem } from '#lib/queries/fetch-workitem.ts'
import { queryKey } from '#lib/queries/keys.ts'

interface UndoDeployProps {
  namespace: string
  workitem: Workitem
  cancel: () => Promise<ActionResult<unknown>>
  onCancelled: () => void
}

/** Offered for as long as no worker has claimed the item; whoever is faster, the console says so. */
export function UndoDeploy({ namespace, workitem, cancel, onCancelled }: UndoDeployProps) {
  const [refusal, setRefusal] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const { data: current } = useQuery({
    queryKey: queryKey(namespace, 'workitem', 'undo', workitem.requestId),
    queryFn: () => fetchWorkitem(namespace, workitem.requestId),
    initialData: workitem,
  })
  if (refusal !== '') return <span role="alert">{refusal}</span>
  if (!current?.cancellable) return null
  const undo = async () => {
    setIsBusy(true)
    try {
      const answer = await cancel()
      if (answer.ok) onCancelled()
      else setRefusal(answer.failure.message)
    } catch {
      setRefusal('The console did not answer; look at the work item.')
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <Button
      size="small"
      startIcon={<UndoIcon aria-hidden />}
      aria-disabled={isBusy}
      onClick={() => void undo()}
    >
      Undo
    </Button>
  )
}
