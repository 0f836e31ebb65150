'use client'

import Box from '@mui/material/Box'
import ButtonBase from '@mui/material/ButtonBase'
import type { InputBaseComponentProps } from '@mui/material/InputBase'
import OutlinedInput from '@mui/material/OutlinedInput'
import Typography from '@mui/material/Typography'
import { useId, type ReactNode, type SelectHTMLAttributes } from 'react'
import { useController, useFormContext, useWatch, type FieldPath } from 'react-hook-form'
import { describedBy, FieldFrame, frameIds } from '#components/form/field-frame.tsx'
import { TextField, type TextFieldProps } from '#components/form/text-field.tsx'
import { ExpandIcon, InfoIcon } from '#components/ui/icons.ts'
import type { WizardValues } from './form-values.ts'

export type WizardFieldName = FieldPath<WizardValues>

export function useFieldValue(name: WizardFieldName): string {
  const value: unknown = useWatch<WizardValues>({ name })
  return typeof value === 'string' ? value : ''
}

/** Side by side where there is room, below one another on a phone. */
export function FieldGrid({ children }: { children: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(13rem, 100%), 1fr))',
        alignItems: 'start',
      }}
    >
      {children}
    </Box>
  )
}

/** Text that a machine reads, which is all text of a deploy. */
export function WizardField(props: Omit<TextFieldProps<WizardValues>, 'control' | 'isCode'>) {
  const { control } = useFormContext<WizardValues>()
  return <TextField control={control} isCode {...props} />
}

interface ChoiceProps {
  name: WizardFieldName
  label: string
  required?: boolean
  options: readonly { value: string; label: string }[]
  /** Chosen while nothing else is. */
  emptyLabel?: string
}

/** The browser's own select: it weighs nothing, and a phone shows it as its user expects. */
export function WizardChoice({ name, label, required, options, emptyLabel }: ChoiceProps) {
  const { field, fieldState } = useController<WizardValues>({ name })
  const ids = frameIds(useId())
  const fault = fieldState.error?.message
  const children = [...(emptyLabel === undefined ? [] : [{ value: '', label: emptyLabel }]), ...options].map(
    (option) => (
      <option key={option.value} value={option.value}>
        {option.label}
      </option>
    ),
  )
  return (
    <FieldFrame ids={ids} label={label} fault={fault} required={required}>
      <OutlinedInput
        id={ids.input}
        name={field.name}
        value={field.value ?? ''}
        onChange={field.onChange}
        onBlur={field.onBlur}
        inputRef={field.ref}
        inputComponent={PlainSelect}
        endAdornment={
          <Box
            component={ExpandIcon}
            aria-hidden
            sx={{
              position: 'absolute',
              right: 10,
              width: 14,
              height: 14,
              color: 'text.tertiary',
              pointerEvents: 'none',
            }}
          />
        }
        error={fault !== undefined}
        fullWidth
        sx={{
          fontSize: '0.8125rem',
          '& select': { boxSizing: 'content-box', cursor: 'pointer', appearance: 'none', pr: '30px' },
          '& option': { bgcolor: 'background.paper' },
        }}
        slotProps={{ input: { children, 'aria-describedby': describedBy(ids, undefined, fault) } }}
      />
    </FieldFrame>
  )
}

const PlainSelect = (props: InputBaseComponentProps) => (
  <select {...(props as SelectHTMLAttributes<HTMLSelectElement>)} />
)

interface SourceProps {
  name: WizardFieldName
  label: string
  /** Value and label. */
  sources: readonly (readonly [string, string])[]
}

/** Where something comes from: a choice that decides which fields are shown, so all of it is in sight. */
export function WizardSource({ name, label, sources }: SourceProps) {
  const { setValue } = useFormContext<WizardValues>()
  const value = useFieldValue(name)
  return (
    <Box
      component="fieldset"
      aria-label={label}
      sx={{
        display: 'inline-flex',
        flexWrap: 'wrap',
        gap: '2px',
        m: 0,
        mb: 2,
        p: '2px',
        minWidth: 0,
        border: 1,
        borderColor: 'divider',
        borderRadius: '8px',
        bgcolor: 'background.sunken',
      }}
    >
      {sources.map(([source, text]) => (
        <ButtonBase
          key={source}
          aria-pressed={value === source}
          onClick={() => setValue(name, source, { shouldDirty: true })}
          sx={{
            px: 1.25,
            minHeight: 28,
            borderRadius: '6px',
            fontSize: '0.8125rem',
            fontWeight: 500,
            color: 'text.secondary',
            '@media (pointer: coarse)': { minHeight: 40 },
            '&[aria-pressed=true]': {
              color: 'text.primary',
              bgcolor: 'background.paper',
              outline: '1px solid',
              outlineColor: 'divider',
            },
          }}
        >
          {text}
        </ButtonBase>
      ))}
    </Box>
  )
}

export function WizardNote({ children }: { children: ReactNode }) {
  return (
    <Typography
      variant="body2"
      sx={{ mt: 1.5, color: 'text.secondary', display: 'flex', gap: 1, alignItems: 'flex-start' }}
    >
      <Box component={InfoIcon} aria-hidden sx={{ width: 14, height: 14, mt: '3px', flexShrink: 0 }} />
      <span>{children}</span>
    </Typography>
  )
}
