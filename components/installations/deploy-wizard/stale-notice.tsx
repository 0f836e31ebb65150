'use client'

import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { Installation } from '#lib/domain/installation.ts'
import { fromInstallation, type OptionValues, type WizardValues } from './form-values.ts'
import { itemForms } from './item-forms.tsx'
import { mergeWizards } from './merge.ts'
import { Notice } from './notice.tsx'
import type { PreviewCluster } from './preview.ts'

const RevisionDifference = dynamic(
  () => import('./revision-difference.tsx').then((part) => part.RevisionDifference),
  { ssr: false },
)

interface StaleNoticeProps {
  /** What the form began with; absent when it began as new. */
  base: Installation | undefined
  /** What somebody else has deployed since. */
  current: Installation
  cluster: PreviewCluster
  form: UseFormReturn<WizardValues>
  /** From now on `current` counts as seen. */
  onResolved: (current: Installation) => void
}

/** Somebody was faster. Says who and what, and lets both changes live; nothing typed is lost. */
export function StaleNotice({ base, current, cluster, form, onResolved }: StaleNoticeProps) {
  const [conflicts, setConflicts] = useState<string[]>([])
  const theirs = fromInstallation(current, itemForms)
  const merge = () => {
    if (!base) return
    const merged = mergeWizards(fromInstallation(base, itemForms), form.getValues(), theirs, rules)
    form.reset(merged.values, { keepDefaultValues: true })
    if (merged.conflicts.length === 0) onResolved(current)
    else setConflicts(merged.conflicts)
  }
  return (
    <Box sx={{ mt: 2 }} tabIndex={-1} ref={focusAtFirst}>
      <Notice
        tone="warning"
        title={`${current.installedBy} deployed revision ${current.revision} of ${current.name} while you were typing`}
        actions={
          <>
            {base && conflicts.length === 0 && (
              <Button size="small" variant="contained" color="primary" onClick={merge}>
                Merge their changes into mine
              </Button>
            )}
            <Button size="small" onClick={() => onResolved(current)}>
              {conflicts.length > 0 ? 'Go on with mine' : 'Keep mine as it is'}
            </Button>
            <Button
              size="small"
              variant="text"
              onClick={() => {
                form.reset(theirs, { keepDefaultValues: true })
                onResolved(current)
              }}
            >
              Take theirs, drop mine
            </Button>
          </>
        }
      >
        <RelativeTime at={current.installationDate} />. Nothing was deployed and nothing you typed is lost.
        Whatever you choose, you see the difference against their revision before you press the button again.
        {conflicts.length > 0 && (
          <Box sx={{ mt: 1 }}>
            Both of you changed the following; the form has yours:
            <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
              {conflicts.map((conflict) => (
                <li key={conflict}>{conflict}</li>
              ))}
            </Box>
          </Box>
        )}
      </Notice>
      <RevisionDifference base={base} current={current} cluster={cluster} />
    </Box>
  )
}

const rules = {
  translations: itemForms,
  identityOf: (option: OptionValues) => itemForms[option.type].identity(option),
  labelOf: (option: OptionValues) =>
    `${itemForms[option.type].label} ${itemForms[option.type].summary(option)}`,
}

function focusAtFirst(element: HTMLElement | null): void {
  element?.focus()
}
