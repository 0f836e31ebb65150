'use client'

import IconButton from '@mui/material/IconButton'
import OutlinedInput from '@mui/material/OutlinedInput'
import { useId, useState, type HTMLInputAutoCompleteAttribute } from 'react'
import { useController, type FieldValues } from 'react-hook-form'
import { HideIcon, ShowIcon } from '#components/ui/icons.ts'
import { mono } from '#components/ui/theme-type.ts'
import { describedBy, FieldFrame, frameIds, type FieldProps } from './field-frame.tsx'

export interface TextFieldProps<Values extends FieldValues> extends FieldProps<Values> {
  placeholder?: string
  autoComplete?: HTMLInputAutoCompleteAttribute
  type?: 'text' | 'email' | 'password'
  /** For names and values a machine reads. */
  isCode?: boolean
  /** More than one makes it a text area that grows. */
  rows?: number
  readOnly?: boolean
  maxLength?: number
  inputMode?: 'numeric'
  /** Offered while typing; anything else can be typed all the same. */
  suggestions?: readonly string[]
  /** Hides what was typed while the field does not have the focus. */
  isMasked?: boolean
  /** Takes the whole row of a grid of fields. */
  isWide?: boolean
  /** For forms without a schema. */
  rules?: { required: string }
}

/** Text, e-mail or password; of a password what was typed can be shown. An empty text stays an empty text. */
export function TextField<Values extends FieldValues>(props: TextFieldProps<Values>) {
  const { control, name, label, help, required, disabled, type = 'text', rows = 1 } = props
  const { field, fieldState } = useController({
    control,
    name,
    ...(props.rules ? { rules: props.rules } : {}),
  })
  const ids = frameIds(useId())
  const fault = fieldState.error?.message
  const [isShown, setIsShown] = useState(false)
  const isMultiline = rows > 1
  const suggestions = props.suggestions ?? []
  const listId = `${ids.input}-suggestions`
  return (
    <FieldFrame
      ids={ids}
      label={label}
      help={help}
      fault={fault}
      required={required}
      isWide={props.isWide ?? isMultiline}
    >
      <OutlinedInput
        id={ids.input}
        name={field.name}
        value={field.value ?? ''}
        onChange={field.onChange}
        onBlur={field.onBlur}
        inputRef={field.ref}
        type={type === 'password' && isShown ? 'text' : type}
        error={fault !== undefined}
        disabled={disabled ?? false}
        readOnly={props.readOnly ?? false}
        placeholder={props.placeholder ?? ''}
        fullWidth
        multiline={isMultiline}
        {...(isMultiline ? { minRows: rows, maxRows: 24 } : {})}
        sx={{
          '& .MuiOutlinedInput-input': {
            ...(props.isCode ? { fontFamily: mono, fontSize: '0.8125rem' } : {}),
            ...(props.isMasked ? { '&:not(:focus)': { WebkitTextSecurity: 'disc' } } : {}),
          },
        }}
        slotProps={{
          input: {
            'aria-describedby': describedBy(ids, help, fault),
            'aria-required': required ?? false,
            autoComplete: props.autoComplete ?? 'off',
            maxLength: props.maxLength,
            ...(props.inputMode ? { inputMode: props.inputMode } : {}),
            ...(suggestions.length > 0 ? { list: listId } : {}),
            ...(props.isCode ? { spellCheck: false, autoCapitalize: 'none', autoCorrect: 'off' } : {}),
          },
        }}
        endAdornment={
          type === 'password' ? (
            <IconButton
              size="small"
              edge="end"
              aria-label={isShown ? `Hide ${label.toLowerCase()}` : `Show ${label.toLowerCase()}`}
              onClick={() => setIsShown(!isShown)}
            >
              {isShown ? <HideIcon aria-hidden /> : <ShowIcon aria-hidden />}
            </IconButton>
          ) : undefined
        }
      />
      {suggestions.length > 0 ? (
        <datalist id={listId}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion}>
              {suggestion}
            </option>
          ))}
        </datalist>
      ) : null}
    </FieldFrame>
  )
}
