'use client'

import { useEffect, useRef, useState } from 'react'
import {
  useForm,
  type Control,
  type DefaultValues,
  type FieldValues,
  type UseFormReturn,
  type Resolver,
} from 'react-hook-form'
import type { z } from 'zod'
import type { ActionResult, Failure } from '#lib/domain/action-result.ts'
import { showFaults } from './faults.ts'

type Schema<Input, Output> = z.ZodType<Output, Input> | (() => Promise<z.ZodType<Output, Input>>)

interface CheckedFormOptions<Input extends FieldValues, Output, Answer> {
  /**
   * What every value is checked by. Given as a function it is brought after the page is there: zod and the schemas
   * would be a sixth of a page whose form is its first view.
   */
  schema: Schema<Input, Output>
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

const noAnswer: Failure = {
  code: 'io.windlass.unavailable',
  message: 'The console did not answer. What you typed is still here; try again in a moment.',
  faults: [],
}

/** A form checked while typing by the same schema as on the server, whose refusals come back to its fields. */
export function useCheckedForm<Input extends FieldValues, Output, Answer>(
  options: CheckedFormOptions<Input, Output, Answer>,
): CheckedForm<Input, Output> {
  const form = useForm<Input, unknown, Output>({
    resolver: resolveWith(options.schema),
    defaultValues: options.defaultValues,
    mode: 'onChange',
  })
  const { schema } = options
  // Brought while nobody types yet, so that the first keystroke is checked at once.
  useEffect(() => void loadCheck(schema).catch(() => undefined), [schema])
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
      setError(noAnswer)
    } finally {
      isBusy.current = false
      setLoading(false)
    }
  }
  const submit = async (event?: React.BaseSyntheticEvent) => {
    try {
      await form.handleSubmit(run)(event)
    } catch {
      setError(noAnswer)
    }
  }
  return { form, control: form.control as unknown as Control<Input>, submit, error, loading }
}

async function loadCheck<Input, Output>(schema: Schema<Input, Output>) {
  const [{ zodResolver }, loaded] = await Promise.all([
    import('@hookform/resolvers/zod'),
    typeof schema === 'function' ? schema() : schema,
  ])
  return { zodResolver, schema: loaded }
}

/** A check that waits for its schema; what was typed meanwhile is checked then. */
function resolveWith<Input extends FieldValues, Output>(
  given: Schema<Input, Output>,
): Resolver<Input, unknown, Output> {
  return async (values, context, options) => {
    const { zodResolver, schema } = await loadCheck(given)
    return zodResolver(schema)(values, context, options)
  }
}
