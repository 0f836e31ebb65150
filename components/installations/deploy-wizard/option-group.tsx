'use client'

import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import ButtonBase from '@mui/material/ButtonBase'
import IconButton from '@mui/material/IconButton'
import Typography from '@mui/material/Typography'
import { useId } from 'react'
import { useWatch } from 'react-hook-form'
import { FaultText } from '#components/form/field-frame.tsx'
import { AddIcon, DeleteIcon, ExpandIcon } from '#components/ui/icons.ts'
import { optionOfField, type PlacedFault } from './faults.ts'
import { optionId } from './focus.ts'
import type { OptionType, WizardValues } from './form-values.ts'
import { itemForms } from './item-forms.tsx'
import type { Checked } from './use-check.ts'

interface OptionGroupProps {
  type: OptionType
  /** Where options of this type stand in the form. */
  entries: { id: string; position: number }[]
  checked: Checked | undefined
  isOpen: boolean
  onToggle: (isOpen: boolean) => void
  onAdd: () => void
  onRemove: (position: number) => void
}

export function OptionGroup(props: OptionGroupProps) {
  const { type, entries, checked, isOpen, onToggle, onAdd, onRemove } = props
  const { icon: Icon, label, plural } = itemForms[type]
  const contentId = useId()
  const positions = new Set(entries.map(({ position }) => position))
  const faults = (checked?.shown ?? []).filter(({ field }) => positions.has(optionOfField(field) ?? -1))
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: '8px' }}>
      <ButtonBase
        onClick={() => onToggle(!isOpen)}
        aria-expanded={isOpen}
        aria-controls={contentId}
        sx={{
          width: '100%',
          display: 'flex',
          gap: 1,
          px: 1.5,
          py: 1,
          minHeight: 44,
          textAlign: 'left',
          borderRadius: '7px',
        }}
      >
        <Box
          component={ExpandIcon}
          aria-hidden
          sx={{ width: 16, height: 16, flexShrink: 0, transform: isOpen ? 'none' : 'rotate(-90deg)' }}
        />
        <Box component="span" aria-hidden sx={{ display: 'inline-flex', color: 'text.secondary' }}>
          <Icon size={16} />
        </Box>
        <Typography variant="h3" component="span" sx={{ whiteSpace: 'nowrap' }}>
          {entries.length === 1 ? label : plural}
        </Typography>
        <Box
          component="span"
          sx={{
            px: 0.75,
            borderRadius: '9px',
            bgcolor: 'action.selected',
            fontSize: '0.75rem',
            lineHeight: '18px',
          }}
        >
          {entries.length}
        </Box>
        <Box component="span" sx={{ flex: 1, minWidth: 0 }}>
          {isOpen ? null : <Summary type={type} positions={[...positions]} />}
        </Box>
        {faults.length > 0 && (
          <Box component="span" sx={{ color: 'error.main', fontSize: '0.75rem', whiteSpace: 'nowrap' }}>
            {faults.length} to correct
          </Box>
        )}
      </ButtonBase>
      {isOpen && (
        <Box id={contentId} sx={{ px: 1.5, pb: 1.5 }}>
          {entries.map(({ id, position }, index) => (
            <Option
              key={id}
              type={type}
              position={position}
              title={`${label} ${index + 1}`}
              faults={faults.filter(({ field }) => field === `options.${position}`)}
              onRemove={() => onRemove(position)}
            />
          ))}
          <Button
            size="small"
            variant="text"
            startIcon={<AddIcon aria-hidden />}
            onClick={onAdd}
            sx={{ mt: 1 }}
          >
            Add another {label}
          </Button>
        </Box>
      )}
    </Box>
  )
}

interface OptionProps {
  type: OptionType
  position: number
  title: string
  /** Those of the option as a whole; a field shows its own. */
  faults: PlacedFault[]
  onRemove: () => void
}

function Option({ type, position, title, faults, onRemove }: OptionProps) {
  const { Fields } = itemForms[type]
  const faultId = useId()
  return (
    <Box
      component="fieldset"
      id={optionId(position)}
      aria-label={title}
      aria-describedby={faults.length > 0 ? faultId : undefined}
      tabIndex={-1}
      sx={{
        position: 'relative',
        border: 0,
        m: 0,
        px: 0,
        minWidth: 0,
        outline: 'none',
        pt: 1.5,
        pb: 2,
        '& + &': { borderTop: 1, borderColor: 'divider' },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', mb: 1 }}>
        <Typography variant="h4" component="h3" sx={{ flex: 1, color: 'text.secondary' }}>
          {title}
        </Typography>
        <IconButton size="small" aria-label={`Remove ${title}`} onClick={onRemove}>
          <DeleteIcon aria-hidden />
        </IconButton>
      </Box>
      <Fields at={`options.${position}`} />
      <FaultText id={faultId} fault={faults.map(({ message }) => message).join(' ') || undefined} />
    </Box>
  )
}

/** What is inside a closed section. */
function Summary({ type, positions }: { type: OptionType; positions: number[] }) {
  const options = useWatch<WizardValues, 'options'>({ name: 'options' })
  const texts = positions.flatMap((position) => {
    const values = options[position]
    return values ? [itemForms[type].summary(values) || '…'] : []
  })
  return (
    <Typography variant="mono" component="span" noWrap sx={{ display: 'block', color: 'text.tertiary' }}>
      {texts.join(', ')}
    </Typography>
  )
}
