'use client'

import Box from '@mui/material/Box'
import FormHelperText from '@mui/material/FormHelperText'
import Typography from '@mui/material/Typography'
import type { ReactNode } from 'react'
import type { Control, FieldPath, FieldValues } from 'react-hook-form'
import { FailedIcon } from '#components/ui/icons.ts'

/** What every field takes. The label is always visible; help stays while a fault is shown. */
export interface FieldProps<Values extends FieldValues> {
  control: Control<Values>
  name: FieldPath<Values>
  label: string
  help?: ReactNode
  /** Shown at the label and told to assistive technology; the schema is what enforces it. */
  required?: boolean
  disabled?: boolean
}

export interface FrameIds {
  input: string
  label: string
  help: string
  fault: string
}

export function frameIds(id: string): FrameIds {
  return { input: id, label: `${id}-label`, help: `${id}-help`, fault: `${id}-fault` }
}

/** The ids a control is described by, or undefined when there is nothing to say. */
export function describedBy(ids: FrameIds, help: ReactNode, fault: string | undefined): string | undefined {
  const parts = [help ? ids.help : null, fault ? ids.fault : null].filter((part) => part !== null)
  return parts.length > 0 ? parts.join(' ') : undefined
}

interface FieldFrameProps {
  ids: FrameIds
  label: string
  help?: ReactNode
  fault?: string | undefined
  required?: boolean | undefined
  /** False where the control names itself otherwise, such as a select. */
  isNativeLabel?: boolean
  /** Takes the whole row of a grid of fields. */
  isWide?: boolean
  children: ReactNode
}

/** Label above, control, fault, help: the one arrangement of every field. */
export function FieldFrame(props: FieldFrameProps) {
  const { ids, label, help, fault, required, isNativeLabel = true, isWide = false, children } = props
  return (
    <Box sx={{ minWidth: 0, ...(isWide ? { gridColumn: '1 / -1' } : {}) }}>
      <Typography
        component={isNativeLabel ? 'label' : 'div'}
        {...(isNativeLabel ? { htmlFor: ids.input } : {})}
        id={ids.label}
        variant="subtitle2"
        sx={{ display: 'block', mb: 0.625 }}
      >
        {label}
        {required ? null : (
          <Box component="span" sx={{ color: 'text.tertiary', fontWeight: 400, ml: 0.75 }}>
            optional
          </Box>
        )}
      </Typography>
      {children}
      <FaultText id={ids.fault} fault={fault} />
      {help ? (
        <FormHelperText id={ids.help} component="div" sx={{ color: 'text.tertiary' }}>
          {help}
        </FormHelperText>
      ) : null}
    </Box>
  )
}

/** Announced when it appears; the place for it is always there, so that screen readers notice the change. */
export function FaultText({ id, fault }: { id: string; fault: string | undefined }) {
  return (
    <div id={id} aria-live="polite">
      {fault ? (
        <FormHelperText error component="div" sx={{ display: 'flex', gap: 0.75, alignItems: 'flex-start' }}>
          <Box component={FailedIcon} aria-hidden sx={{ width: 13, height: 13, mt: '2px', flexShrink: 0 }} />
          <span>{fault}</span>
        </FormHelperText>
      ) : null}
    </div>
  )
}
