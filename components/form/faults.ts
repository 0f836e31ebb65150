import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'
import type { Fault } from '#lib/domain/errors.ts'

/** `['config', 2, 'port']` as react-hook-form writes it: `config.2.port`. */
export const fieldName = (path: Fault['path']): string => path.join('.')

/**
 * Puts the server's faults beside the fields they name and moves focus to the first. Answers the faults that name
 * no field of this form: they belong into its error panel.
 */
export function showFaults<Values extends FieldValues>(
  form: Pick<UseFormReturn<Values>, 'setError'>,
  faults: readonly Fault[],
  isField: (name: string) => boolean,
): Fault[] {
  const homeless: Fault[] = []
  let hasFocused = false
  for (const fault of faults) {
    const name = fieldName(fault.path)
    if (!isField(name)) {
      homeless.push(fault)
      continue
    }
    form.setError(
      name as FieldPath<Values>,
      { type: fault.rule, message: fault.message },
      { shouldFocus: !hasFocused },
    )
    hasFocused = true
  }
  return homeless
}
