import type { FieldPath, UseFormReturn } from 'react-hook-form'
import { isField, optionOfField, sectionOfField } from './faults.ts'
import type { WizardValues } from './form-values.ts'
import { sections } from './sections.ts'

/** The id of an option's group of fields. */
export const optionId = (position: number) => `option-${position}`

/** Moves the focus into an option: to its first field, or to the group when it has none. */
export function focusOption(position: number): void {
  const group = document.getElementById(optionId(position))
  const field = group?.querySelector<HTMLElement>('input:not([aria-hidden]), textarea:not([aria-hidden])')
  const target = field ?? group
  target?.focus({ preventScroll: true })
  target?.scrollIntoView({ block: 'center' })
}

/** Moves the focus to a field, or to the option or section a fault is about when it has no field. */
export function focusField(form: UseFormReturn<WizardValues>, field: string): void {
  const position = optionOfField(field)
  const section = sections[sectionOfField(field) - 1]
  const place =
    (position === undefined ? null : document.getElementById(optionId(position))) ??
    document.getElementById(section?.id ?? '')
  if (isField(field)) form.setFocus(field as FieldPath<WizardValues>)
  if (!place?.contains(document.activeElement)) {
    if (position === undefined) document.getElementById(`${section?.id}-title`)?.focus()
    else focusOption(position)
  }
  document.activeElement?.scrollIntoView({ block: 'center' })
}
