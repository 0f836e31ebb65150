'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useRef, useState } from 'react'
import {
  useForm,
  type Control,
  type DefaultValues,
  type FieldValues,
  type UseFormReturn,
} from 'react-hook-form'
import type { z } from 'zod'
import type { ActionResult, Failure } from '#lib/domain/action-result.ts'
import { showFaults } from './faults.ts'

interface CheckedFormOptions<Input extends FieldValues, Output, Answer> {
  schema: z.ZodType<Output, Input>
  defaultValues: DefaultValues<Input>
  /** Receives what the schema made of the fields. */
  action: (value: Output) => Promise<ActionResult<Answer>>
  onDone: (answer: Answer) => void
}

export interface CheckedForm<Input extends FieldValues, Output> {
  form: UseFormReturn<Input, unknown, Output>
  /** For the fields, which see what was typed and not what the schema makes of it. */
  control: Control<Input>
  submit: (event?: React.BaseSyntheticEvent) => Promise<void>
  error: Failure | null
  loading: boolean
}

/** A form checked while typing by the same schema as on the server, whose refusals come back to its fields. */
export function useCheckedForm<Input extends FieldValues, Output, Answer>(
  options: CheckedFormOptions<Input, Output, Answer>,
): CheckedForm<Input, Output> {
  const form = useForm<Input, unknown, Output>({
    resolver: zodResolver(options.schema),
    defaultValues: options.defaultValues,
    mode: 'onChange',
  })
  const [error, setError] = useState<Failure | null>(null)
  const [loading, setLoading] = useState(false)
  const isBusy = useRef(false)

  const run = async (value: Output) => {
    // Enter pressed twice is one submit: state would be a render too late.
    if (isBusy.current) return
    isBusy.current = true
    setLoading(true)
    setError(null)
    try {
      const answer = await options.action(value)
      if (answer.ok) {
        options.onDone(answer.value)
        return
      }
      const { failure } = answer
      const names = Object.keys(form.getValues())
      const homeless = showFaults(form, failure.faults, (name) => names.includes(name.split('.')[0] ?? ''))
      if (failure.faults.length === 0 || homeless.length > 0) setError({ ...failure, faults: homeless })
    } catch {
      setError({
        code: 'io.windlass.unavailable',
        message: 'The console did not answer. What you typed is still here; try again in a moment.',
        faults: [],
      })
    } finally {
      isBusy.current = false
      setLoading(false)
    }
  }
  const submit = (event?: React.BaseSyntheticEvent) => form.handleSubmit(run)(event)
  return { form, control: form.control as unknown as Control<Input>, submit, error, loading }
}
