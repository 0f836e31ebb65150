'use client'

import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useFieldArray, useFormContext } from 'react-hook-form'
import { AddMenu } from './add-menu.tsx'
import type { OptionType, OptionValues, WizardValues } from './form-values.ts'
import { emptyOption, itemForms, optionTypes } from './item-forms.tsx'
import { focusOption } from './focus.ts'
import { OptionGroup } from './option-group.tsx'
import { stateOfSection } from './sections.ts'
import type { Checked } from './use-check.ts'
import { WizardSection } from './wizard-section.tsx'

interface OptionsSectionProps {
  checked: Checked | undefined
  /** Types whose section is closed. */
  closed: ReadonlySet<OptionType>
  onToggle: (type: OptionType, isOpen: boolean) => void
  onRemoved: () => void
}

/** Configuration Options: what the Add menu adds, one collapsible section a type. */
export function OptionsSection({ checked, closed, onToggle, onRemoved }: OptionsSectionProps) {
  const { control, getValues } = useFormContext<WizardValues>()
  const { fields, append, remove, insert } = useFieldArray({ control, name: 'options' })
  const [removed, setRemoved] = useState<{ position: number; values: OptionValues }>()

  const bringBackButton = useRef<HTMLButtonElement>(null)

  const add = (type: OptionType) => {
    const position = getValues('options').length
    flushSync(() => {
      setRemoved(undefined)
      onToggle(type, true)
      append(emptyOption(type), { shouldFocus: false })
    })
    focusOption(position)
  }
  const takeAway = (position: number) => {
    const values = getValues(`options.${position}`)
    onRemoved()
    flushSync(() => {
      setRemoved({ position, values })
      remove(position)
    })
    // What had the focus is gone; this is what stands in its place.
    bringBackButton.current?.focus()
  }
  const bringBack = () => {
    if (!removed) return
    flushSync(() => {
      insert(removed.position, removed.values, { shouldFocus: false })
      setRemoved(undefined)
    })
    focusOption(removed.position)
  }

  return (
    <WizardSection
      number={3}
      state={stateOfSection(3, checked)}
      description="Files, ports, variables and host names the image needs."
      actions={<AddMenu onAdd={add} />}
    >
      {fields.length === 0 && (
        <Typography
          variant="body2"
          sx={{
            color: 'text.secondary',
            border: 1,
            borderStyle: 'dashed',
            borderColor: 'divider',
            borderRadius: '6px',
            p: 2,
          }}
        >
          Nothing added. The image runs with what it brings.
        </Typography>
      )}
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        {optionTypes.map((type) => {
          const entries = fields.flatMap((field, position) =>
            field.type === type ? [{ id: field.id, position }] : [],
          )
          if (entries.length === 0) return null
          return (
            <OptionGroup
              key={type}
              type={type}
              entries={entries}
              checked={checked}
              isOpen={!closed.has(type)}
              onToggle={(isOpen) => onToggle(type, isOpen)}
              onAdd={() => add(type)}
              onRemove={takeAway}
            />
          )
        })}
      </Box>
      <div aria-live="polite">
        {removed && (
          <Box sx={{ mt: 1.5, display: 'flex', alignItems: 'center', gap: 1, flexWrap: 'wrap' }}>
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>
              Removed {itemForms[removed.values.type].label}{' '}
              {itemForms[removed.values.type].summary(removed.values)}
            </Typography>
            <Button size="small" variant="text" onClick={bringBack} ref={bringBackButton}>
              Bring it back
            </Button>
          </Box>
        )}
      </div>
    </WizardSection>
  )
}
