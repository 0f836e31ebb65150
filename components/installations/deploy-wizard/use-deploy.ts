'use client'

import { useRef, useState } from 'react'
import type { ActionResult, Failure } from '#lib/domain/action-result.ts'
import type { Fault } from '#lib/domain/errors.ts'
import type { Installation } from '#lib/domain/installation.ts'
import type { Workitem } from '#lib/domain/workitem.ts'
import { fetchInstallation } from '#lib/queries/fetch-installation.ts'
import { newRequestId } from '#lib/queries/request-id.ts'
import type { PlacedFault } from './faults.ts'
import type { DeployCommand } from './form-values.ts'

/** The server action, bound to namespace and cluster. */
export type DeployAction = (command: DeployCommand, requestId: string) => Promise<ActionResult<Workitem>>

interface Checking {
  command: DeployCommand
  faults: PlacedFault[]
}

interface DeployOptions {
  namespace: string
  deploy: DeployAction
  checkAll: () => Promise<Checking>
  refuse: (faults: readonly Fault[]) => Promise<Checking>
  jump: (field: string) => void
  onDeployed: (workitem: Workitem) => void
}

const answerMilliseconds = 10_000

const unanswered: Failure = {
  code: 'io.windlass.unavailable',
  message:
    'The console did not answer. Everything typed is still here; pressing the button again asks for the same thing, not for a second one.',
  faults: [],
}

/** Sends the form: once for each thing asked, however often the button is pressed or the network repeats it. */
export function useDeploy(options: DeployOptions) {
  const [isDeploying, setIsDeploying] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [stale, setStale] = useState<Installation>()
  const isBusy = useRef(false)
  const isOver = useRef(false)
  const attempt = useRef<{ requestId: string; text: string }>(undefined)

  const submit = async () => {
    if (isBusy.current || isOver.current) return
    isBusy.current = true
    setIsDeploying(true)
    setFailure(null)
    try {
      const { command, faults } = await options.checkAll()
      const [first] = faults
      if (first) options.jump(first.field)
      else await send(command)
    } catch {
      setFailure(unanswered)
    } finally {
      isBusy.current = false
      // Until the next page is there the button goes on working, so nobody presses it again.
      if (!isOver.current) setIsDeploying(false)
    }
  }

  const send = async (command: DeployCommand) => {
    const text = JSON.stringify(command)
    if (attempt.current?.text !== text) attempt.current = { requestId: newRequestId(), text }
    const answer = await options.deploy(command, attempt.current.requestId)
    if (answer.ok) {
      isOver.current = true
      options.onDeployed(answer.value)
      return
    }
    attempt.current = undefined
    if (answer.failure.code === 'io.windlass.revision.stale') {
      const current = await fetchInstallation(
        options.namespace,
        command.name,
        AbortSignal.timeout(answerMilliseconds),
      )
      if (current) setStale(current)
      else setFailure(answer.failure)
      return
    }
    if (answer.failure.faults.length === 0) {
      setFailure(answer.failure)
      return
    }
    const { faults } = await options.refuse(answer.failure.faults)
    const [first] = faults
    if (first) options.jump(first.field)
  }

  const resolve = () => {
    setStale(undefined)
    setFailure(null)
  }

  return { submit, isDeploying, failure, stale, resolve, isOver }
}
