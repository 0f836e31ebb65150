'use client'

import MenuItem from '@mui/material/MenuItem'
import Select from '@mui/material/Select'
import { useId, type ReactNode } from 'react'
import { useController, type FieldValues } from 'react-hook-form'
import { describedBy, FieldFrame, frameIds, type FieldProps } from './field-frame.tsx'

export interface SelectOption {
  value: string
  label: string
  /** A second line, in words. */
  description?: string
  disabled?: boolean
}

export interface SelectFieldProps<Values extends FieldValues> extends FieldProps<Values> {
  options: readonly SelectOption[]
  /** Shown while nothing is chosen; with `required` unset it is also the way back to nothing. */
  emptyLabel?: string
}

/** One of a few; nothing chosen is undefined. */
export function SelectField<Values extends FieldValues>(props: SelectFieldProps<Values>) {
  const { control, name, label, help, required, disabled, options, emptyLabel } = props
  const { field, fieldState } = useController({ control, name })
  const ids = frameIds(useId())
  const fault = fieldState.error?.message
  const value = (field.value as string | undefined) ?? ''
  const showValue = (chosen: string): ReactNode =>
    options.find((option) => option.value === chosen)?.label ?? emptyLabel ?? ''
  return (
    <FieldFrame ids={ids} label={label} help={help} fault={fault} required={required} isNativeLabel={false}>
      <Select
        id={ids.input}
        labelId={ids.label}
        name={field.name}
        value={value}
        onChange={(event) => field.onChange(event.target.value === '' ? undefined : event.target.value)}
        onBlur={field.onBlur}
        inputRef={field.ref}
        error={fault !== undefined}
        disabled={disabled ?? false}
        displayEmpty
        fullWidth
        renderValue={showValue}
        SelectDisplayProps={{ 'aria-describedby': describedBy(ids, help, fault) }}
      >
        {emptyLabel !== undefined && !required ? <MenuItem value="">{emptyLabel}</MenuItem> : null}
        {options.map((option) => (
          <MenuItem key={option.value} value={option.value} disabled={option.disabled ?? false}>
            <span>
              {option.label}
              {option.description ? (
                <span
                  style={{
                    display: 'block',
                    color: 'var(--windlass-palette-text-tertiary)',
                    fontSize: '0.75rem',
                  }}
                >
                  {option.description}
                </span>
              ) : null}
            </span>
          </MenuItem>
        ))}
      </Select>
    </FieldFrame>
  )
}
