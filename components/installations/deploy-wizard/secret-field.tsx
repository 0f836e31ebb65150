'use client'

import { useId } from 'react'
import { useFormContext } from 'react-hook-form'
import { FieldFrame, frameIds } from '#components/form/field-frame.tsx'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import { LockIcon } from '#components/ui/icons.ts'
import type { WizardValues } from './form-values.ts'
import type { OptionPath } from './option-form.ts'
import { WizardField, useFieldValue } from './wizard-field.tsx'

/** A value nobody is ever shown again: typed once, afterwards kept as a reference or replaced. */
export function SecretField({
  at,
  field,
  label,
  rows = 1,
}: {
  at: OptionPath
  field: string
  label: string
  /** More than one makes it a text area. */
  rows?: number
}) {
  const { setValue, setFocus } = useFormContext<WizardValues>()
  const kept = useFieldValue(`${at}.${field}Kept`) !== ''
  const replaces = useFieldValue(`${at}.${field}Choice`) === 'replace'
  const choose = (choice: 'keep' | 'replace') => {
    setValue(`${at}.${field}Choice`, choice, { shouldDirty: true })
    if (choice === 'keep') setValue(`${at}.${field}`, '')
    // The field is there after the next paint.
    else requestAnimationFrame(() => setFocus(`${at}.${field}`))
  }

  const ids = frameIds(useId())
  if (kept && !replaces) {
    return (
      <FieldFrame ids={ids} label={label} required isNativeLabel={false} isWide={rows > 1}>
        <Box
          component="fieldset"
          aria-labelledby={ids.label}
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 1,
            m: 0,
            p: 0,
            pl: 1.25,
            pr: '2px',
            minHeight: 36,
            minWidth: 0,
            border: 1,
            borderColor: 'divider',
            borderRadius: '6px',
            bgcolor: 'background.sunken',
          }}
        >
          <Box component={LockIcon} aria-hidden sx={{ width: 14, height: 14, flexShrink: 0 }} />
          <Typography variant="body2" component="span" sx={{ flex: 1, color: 'text.secondary' }}>
            Kept secret value
          </Typography>
          <Button size="small" variant="text" onClick={() => choose('replace')}>
            Replace
          </Button>
        </Box>
      </FieldFrame>
    )
  }
  return (
    <Box sx={rows > 1 ? { gridColumn: '1 / -1' } : undefined}>
      <WizardField
        name={`${at}.${field}`}
        label={label}
        required
        rows={rows}
        isMasked
        help="Stored encrypted and never shown again"
      />
      {kept && (
        <Button size="small" onClick={() => choose('keep')} sx={{ mt: 0.5 }}>
          Keep the stored value
        </Button>
      )}
    </Box>
  )
}
