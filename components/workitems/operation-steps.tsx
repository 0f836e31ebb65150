'use client'

import Box from '@mui/material/Box'
import { CheckIcon, CloseIcon, ProgressIcon } from '#components/ui/icons.ts'
import { spin } from '#components/ui/motion.ts'
import { visuallyHidden } from '#components/ui/visually-hidden.ts'
import type { AnyWorkitem } from '#lib/queries/resources.ts'
import { countOf, describeStep, stepsOfOperation } from './words.ts'

type Mark = 'done' | 'now' | 'failed' | 'open'

const markWords: Record<Mark, string> = {
  done: 'done',
  now: 'under way',
  failed: 'failed here',
  open: 'not yet',
}

/** The steps of an operation and where it stands; every number is the worker's own count. */
export function OperationSteps({ item }: { item: AnyWorkitem }) {
  const steps = stepsOfOperation[item.operation]
  const reached = item.progress ? steps.indexOf(item.progress.step) : -1
  const markAt = (index: number): Mark => {
    if (item.status === 'SUCCEEDED') return 'done'
    if (index < reached) return 'done'
    if (index > reached) return 'open'
    if (item.status === 'PENDING') return 'now'
    return item.error ? 'failed' : 'open'
  }
  return (
    <Box component="ol" aria-label="Steps" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}>
      {steps.map((step, index) => {
        const mark = markAt(index)
        const count = index === reached && item.progress ? countOf(item.progress) : null
        return (
          <Box
            component="li"
            key={step}
            aria-current={mark === 'now' ? 'step' : undefined}
            sx={{
              display: 'grid',
              gridTemplateColumns: '18px 1fr auto',
              gap: 1.25,
              alignItems: 'center',
              fontSize: '0.8125rem',
              color: mark === 'open' ? 'text.tertiary' : 'text.primary',
            }}
          >
            <StepMark mark={mark} />
            <span>
              {describeStep(step)}
              <span style={visuallyHidden}>, {markWords[mark]}</span>
            </span>
            <Box
              component="span"
              sx={{ color: 'text.secondary', fontSize: '0.75rem', fontVariantNumeric: 'tabular-nums' }}
            >
              {count ? `${count.done} of ${count.total} ${count.of}` : null}
            </Box>
          </Box>
        )
      })}
      {item.progress?.message && item.status === 'PENDING' ? (
        <Box
          component="li"
          sx={{ fontSize: '0.75rem', color: 'text.secondary', pl: '28px', overflowWrap: 'anywhere' }}
        >
          {item.progress.message}
        </Box>
      ) : null}
    </Box>
  )
}

function StepMark({ mark }: { mark: Mark }) {
  const looks = {
    done: { color: 'success.main', icon: <CheckIcon /> },
    now: { color: 'info.main', icon: <Box component={ProgressIcon} sx={spin} /> },
    failed: { color: 'error.main', icon: <CloseIcon /> },
    open: { color: 'divider', icon: null },
  }[mark]
  return (
    <Box
      aria-hidden
      sx={{
        width: 18,
        height: 18,
        borderRadius: '50%',
        display: 'grid',
        placeItems: 'center',
        color: looks.color,
        border: mark === 'now' ? 0 : 1.5,
        borderColor: looks.color,
        '& svg': {
          width: mark === 'now' ? 16 : 11,
          height: mark === 'now' ? 16 : 11,
          strokeWidth: mark === 'now' ? 2 : 3,
        },
      }}
    >
      {looks.icon}
    </Box>
  )
}
