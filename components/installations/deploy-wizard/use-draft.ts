'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import {
  discardDraft,
  holdsSecrets,
  readDraft,
  withoutSecrets,
  writeDraft,
  type Draft,
  type DraftAddress,
} from './draft.ts'
import type { WizardValues } from './form-values.ts'
import { secretFieldsOf } from './item-forms.tsx'

const quietMilliseconds = 400

interface DraftOptions {
  address: DraftAddress
  /** What the form holds when nobody has typed anything. */
  initial: WizardValues
  /** The revision the form began with. */
  revision: number
  /** The draft began with another revision: deploying has to say so. */
  onRestore: (draft: Draft) => void
}

/** Keeps what is typed in the browser until it is deployed or discarded, and brings it back after a reload. */
export function useDraft(form: UseFormReturn<WizardValues>, options: DraftOptions) {
  const [restored, setRestored] = useState<Draft>()
  const [isKept, setIsKept] = useState(false)
  const current = useRef(options)
  const isOver = useRef(false)
  useEffect(() => {
    current.current = options
  })

  useEffect(() => {
    const { address, initial, onRestore } = current.current
    const draft = readDraft(address)
    if (draft) {
      form.reset(draft.values, { keepDefaultValues: true })
      setRestored(draft)
      setIsKept(true)
      onRestore(draft)
    }
    const untouched = JSON.stringify(initial)
    const save = () => {
      if (isOver.current) return
      const values = form.getValues()
      const isUntouched = JSON.stringify(values) === untouched
      if (isUntouched) discardDraft(current.current.address)
      const kept =
        !isUntouched &&
        writeDraft(current.current.address, {
          values: withoutSecrets(values, secretFieldsOf),
          revision: current.current.revision,
          savedAt: new Date().toISOString(),
          leftOutSecrets: holdsSecrets(values, secretFieldsOf),
        })
      setIsKept(kept)
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    const unsubscribe = form.subscribe({
      formState: { values: true },
      callback: () => {
        clearTimeout(timer)
        timer = setTimeout(save, quietMilliseconds)
      },
    })
    // A page that goes away does not wait for the pause.
    addEventListener('pagehide', save)
    return () => {
      clearTimeout(timer)
      unsubscribe()
      removeEventListener('pagehide', save)
    }
  }, [form])

  /** Back to how the form began. */
  const discard = useCallback(() => {
    discardDraft(current.current.address)
    form.reset(current.current.initial)
    setRestored(undefined)
    setIsKept(false)
  }, [form])

  /** What was typed has been accepted: the draft is done with. */
  const finish = useCallback(() => {
    isOver.current = true
    discardDraft(current.current.address)
  }, [])

  return { restored, isKept, discard, finish }
}
