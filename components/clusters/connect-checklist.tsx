'use client'

import Box from '@mui/material/Box'
import type { ReactNode } from 'react'
import { CheckIcon } from '#components/ui/icons.ts'
import { pulse } from '#components/ui/motion.ts'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { visuallyHidden } from '#components/ui/visually-hidden.ts'
import type { TokenRow } from '#lib/domain/access.ts'
import type { Cluster } from '#lib/domain/cluster.ts'

interface ConnectChecklistProps {
  cluster: Cluster | undefined
  /** Those that serve this cluster. */
  tokens: readonly TokenRow[]
  /** Only admins see tokens. */
  canSeeTokens: boolean
}

interface Step {
  label: string
  isDone: boolean
  detail: ReactNode
}

/** What has happened between the token and the first work, as it happens. */
export function ConnectChecklist({ cluster, tokens, canSeeTokens }: ConnectChecklistProps) {
  const used = tokens
    .map((token) => token.lastUsedAt)
    .filter((at) => at !== null)
    .sort()
    .at(-1)
  const tokenSteps: Step[] = [
    {
      label: 'Token created',
      isDone: tokens.length > 0,
      detail: tokens.length > 0 ? tokens.map((token) => token.name).join(', ') : 'Create it at the left.',
    },
    {
      label: 'Token used',
      isDone: used !== undefined,
      detail: used ? (
        <RelativeTime at={used} />
      ) : (
        'Not yet. If the worker runs: does it reach VANTIQ_URL, and is the token whole?'
      ),
    },
  ]
  const seen = cluster?.workerLastSeen ?? null
  const steps: Step[] = [
    ...(canSeeTokens ? tokenSteps : []),
    {
      label: 'First contact',
      isDone: seen !== null,
      detail: seen ? (
        <>
          last seen <RelativeTime at={seen} />
        </>
      ) : (
        'Waiting for a worker that names this cluster. Is CLUSTER_NAME spelled the same?'
      ),
    },
    {
      label: 'Kubernetes answers',
      isDone: Boolean(cluster?.k8sVersion),
      detail: cluster?.k8sVersion ?? 'The worker tells the version it finds.',
    },
  ]
  const current = steps.findIndex((step) => !step.isDone)
  return (
    <Box component="ol" aria-live="polite" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1.75 }}>
      {steps.map((step, index) => (
        <Box
          component="li"
          key={step.label}
          sx={{ display: 'grid', gridTemplateColumns: '18px 1fr', gap: 1.25 }}
        >
          <Mark isDone={step.isDone} isCurrent={index === current} />
          <Box sx={{ fontSize: '0.8125rem', minWidth: 0 }}>
            <Box
              sx={{
                fontWeight: 500,
                color: step.isDone || index === current ? 'text.primary' : 'text.tertiary',
              }}
            >
              {step.label}
              <span style={visuallyHidden}>{step.isDone ? ', done' : ', not yet'}</span>
            </Box>
            {step.isDone || index === current ? (
              <Box sx={{ color: 'text.tertiary', fontSize: '0.75rem', overflowWrap: 'anywhere' }}>
                {step.detail}
              </Box>
            ) : null}
          </Box>
        </Box>
      ))}
    </Box>
  )
}

function Mark({ isDone, isCurrent }: { isDone: boolean; isCurrent: boolean }) {
  return (
    <Box
      aria-hidden
      sx={{
        width: 18,
        height: 18,
        mt: '1px',
        borderRadius: '50%',
        display: 'grid',
        placeItems: 'center',
        border: 1.5,
        ...(isDone
          ? { bgcolor: 'success.main', borderColor: 'success.main', color: 'background.paper' }
          : { borderColor: isCurrent ? 'info.main' : 'divider', ...(isCurrent ? pulse : {}) }),
        '& svg': { width: 11, height: 11, strokeWidth: 3 },
      }}
    >
      {isDone ? <CheckIcon /> : null}
    </Box>
  )
}
