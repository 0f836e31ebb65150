'use client'

import Box from '@mui/material/Box'
import ToggleButton from '@mui/material/ToggleButton'
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup'
import Typography from '@mui/material/Typography'
import type { ReactNode } from 'react'
import { useFormContext, useWatch, type FieldPath } from 'react-hook-form'
import { SelectField, type SelectFieldProps } from '#components/form/select-field.tsx'
import { TextField, type TextFieldProps } from '#components/form/text-field.tsx'
import { InfoIcon } from '#components/ui/icons.ts'
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

export function WizardChoice(props: Omit<SelectFieldProps<WizardValues>, 'control'>) {
  const { control } = useFormContext<WizardValues>()
  return <SelectField control={control} {...props} />
}

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
    <ToggleButtonGroup
      exclusive
      size="small"
      value={value}
      aria-label={label}
      onChange={(_, chosen: string | null) => {
        if (chosen !== null) setValue(name, chosen, { shouldDirty: true })
      }}
      sx={{ mb: 2, flexWrap: 'wrap' }}
    >
      {sources.map(([source, text]) => (
        <ToggleButton key={source} value={source}>
          {text}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
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
