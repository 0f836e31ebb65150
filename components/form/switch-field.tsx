'use client'

import Box from '@mui/material/Box'
import Switch from '@mui/material/Switch'
import Typography from '@mui/material/Typography'
import { useId } from 'react'
import { useController, type FieldValues } from 'react-hook-form'
import { describedBy, FaultText, frameIds, type FieldProps } from './field-frame.tsx'

/** On or off, beside its label; undefined counts as off. */
export function SwitchField<Values extends FieldValues>(props: Omit<FieldProps<Values>, 'required'>) {
  const { control, name, label, help, disabled } = props
  const { field, fieldState } = useController({ control, name })
  const ids = frameIds(useId())
  const fault = fieldState.error?.message
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: 1.25, alignItems: 'start' }}>
      <Switch
        id={ids.input}
        name={field.name}
        checked={field.value === true}
        onChange={(_, isOn) => field.onChange(isOn)}
        onBlur={field.onBlur}
        disabled={disabled ?? false}
        slotProps={{
          input: { ref: field.ref, role: 'switch', 'aria-describedby': describedBy(ids, help, fault) },
        }}
      />
      <div>
        <Typography component="label" htmlFor={ids.input} variant="subtitle2" sx={{ cursor: 'pointer' }}>
          {label}
        </Typography>
        {help ? (
          <Typography id={ids.help} variant="caption" component="div" sx={{ color: 'text.tertiary' }}>
            {help}
          </Typography>
        ) : null}
        <FaultText id={ids.fault} fault={fault} />
      </div>
    </Box>
  )
}
