'use client'

import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import type { ReactNode } from 'react'
import { useWatch } from 'react-hook-form'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { DeployIcon, ProgressIcon } from '#components/ui/icons.ts'
import { spin } from '#components/ui/motion.ts'
import type { Failure } from '#lib/domain/action-result.ts'
import { fieldLabel } from './field-label.ts'
import type { PlacedFault } from './faults.ts'
import type { WizardValues } from './form-values.ts'
import { itemForms, optionTypes } from './item-forms.tsx'
import { stateOfSection } from './sections.ts'
import type { Checked } from './use-check.ts'
import { useWizardContext } from './wizard-context.ts'
import { WizardSection } from './wizard-section.tsx'

interface ReviewSectionProps {
  checked: Checked | undefined
  isUpdate: boolean
  isDeploying: boolean
  /** A refusal that stands at no field. */
  failure: Failure | null
  onJump: (field: string) => void
  /** What became of the draft. */
  draftNote: ReactNode
  children?: ReactNode
}

export function ReviewSection(props: ReviewSectionProps) {
  const { checked, isUpdate, isDeploying, failure, onJump, draftNote, children } = props
  const shown = checked?.shown ?? []
  return (
    <WizardSection number={4} state={stateOfSection(4, checked)}>
      <Outline isUpdate={isUpdate} />
      {shown.length > 0 && <FaultList faults={shown} onJump={onJump} />}
      {children}
      {failure && (
        <Box sx={{ mt: 2 }}>
          <ErrorPanel failure={failure} title="Nothing was deployed" />
        </Box>
      )}
      <Box sx={{ mt: 2.5, display: 'flex', alignItems: 'center', gap: 1.5, flexWrap: 'wrap' }}>
        <Button
          type="submit"
          variant="contained"
          color="primary"
          // Stays in the tab order while it works: a disabled button would lose the focus.
          aria-disabled={isDeploying}
          startIcon={
            isDeploying ? <Box component={ProgressIcon} aria-hidden sx={spin} /> : <DeployIcon aria-hidden />
          }
        >
          {isDeploying ? 'Deploying…' : isUpdate ? 'Update Installation' : 'Deploy'}
        </Button>
        <Typography variant="caption" component="div" sx={{ flex: '1 1 200px', color: 'text.tertiary' }}>
          {draftNote}
        </Typography>
      </Box>
    </WizardSection>
  )
}

/** In one sentence, what pressing the button asks for. */
function Outline({ isUpdate }: { isUpdate: boolean }) {
  const { cluster } = useWizardContext()
  const { name, k8sNamespace, image, options } = useWatch<WizardValues>() as WizardValues
  const counts = optionTypes.flatMap((type) => {
    const count = options.filter((option) => option.type === type).length
    const { label, plural } = itemForms[type]
    return count === 0 ? [] : [`${count} ${(count === 1 ? label : plural).toLowerCase()}`]
  })
  const replicas = image.replicaCount === '1' ? '1 replica' : `${image.replicaCount || '…'} replicas`
  return (
    <Typography variant="body1" component="div" sx={{ overflowWrap: 'anywhere' }}>
      {isUpdate ? 'Updates' : 'Deploys'} <b>{name || '…'}</b> in Kubernetes namespace{' '}
      <b>{k8sNamespace || '…'}</b> of cluster <b>{cluster.name}</b>: {replicas} of{' '}
      <code>{image.name || '…'}</code>
      {counts.length > 0 && `, with ${counts.join(', ')}`}.
      <Typography variant="body2" sx={{ color: 'text.secondary', mt: 0.5 }}>
        A work item goes into the cluster's queue; the worker there does the rest.
      </Typography>
    </Typography>
  )
}

function FaultList({ faults, onJump }: { faults: readonly PlacedFault[]; onJump: (field: string) => void }) {
  return (
    <Box
      component="section"
      aria-label="Values to correct"
      sx={{ mt: 2, p: 1.5, borderRadius: '8px', bgcolor: 'error.light' }}
    >
      <Typography variant="h4" component="p" sx={{ color: 'error.main' }}>
        {faults.length === 1 ? 'One value to correct' : `${faults.length} values to correct`}
      </Typography>
      <Box component="ul" sx={{ m: 0, mt: 0.5, p: 0, listStyle: 'none' }}>
        {faults.map((fault) => (
          <Box component="li" key={`${fault.field} ${fault.rule} ${fault.message}`} sx={{ py: 0.25 }}>
            <Button
              variant="text"
              size="small"
              onClick={() => onJump(fault.field)}
              sx={{ textAlign: 'left', whiteSpace: 'normal', display: 'inline', px: 0.5, fontWeight: 400 }}
            >
              <FieldTitle field={fault.field} /> {fault.message}
            </Button>
          </Box>
        ))}
      </Box>
    </Box>
  )
}

function FieldTitle({ field }: { field: string }) {
  const options = useWatch<WizardValues, 'options'>({ name: 'options' })
  const title = fieldLabel(field, options)
  return title ? <b>{title}:</b> : null
}
