'use client'

import OutlinedInput from '@mui/material/OutlinedInput'
import { useId } from 'react'
import { useController, type FieldValues } from 'react-hook-form'
import { describedBy, FieldFrame, frameIds, type FieldProps } from './field-frame.tsx'
import { parseNumber } from './parse-number.ts'

export interface NumberFieldProps<Values extends FieldValues> extends FieldProps<Values> {
  placeholder?: string
}

/** A whole number, typed as text: browsers' number inputs drop what they cannot read and change under the wheel. */
export function NumberField<Values extends FieldValues>(props: NumberFieldProps<Values>) {
  const { control, name, label, help, required, disabled } = props
  const { field, fieldState } = useController({ control, name })
  const ids = frameIds(useId())
  const fault = fieldState.error?.message
  const value: unknown = field.value
  return (
    <FieldFrame ids={ids} label={label} help={help} fault={fault} required={required}>
      <OutlinedInput
        id={ids.input}
        name={field.name}
        value={typeof value === 'number' || typeof value === 'string' ? String(value) : ''}
        onChange={(event) => field.onChange(parseNumber(event.target.value))}
        onBlur={field.onBlur}
        inputRef={field.ref}
        error={fault !== undefined}
        disabled={disabled ?? false}
        placeholder={props.placeholder ?? ''}
        fullWidth
        slotProps={{
          input: {
            inputMode: 'numeric',
            autoComplete: 'off',
            'aria-describedby': describedBy(ids, help, fault),
            'aria-required': required ?? false,
          },
        }}
      />
    </FieldFrame>
  )
}
