'use client'

import Box from '@mui/material/Box'
import { Panel } from '#components/ui/panel.tsx'
import type { Installation } from '#lib/domain/installation.ts'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { meaningOf } from './trouble-words.ts'

/** Why pods are not ready: in words, and as Kubernetes itself says it. */
export function TroublePanel({ installation }: { installation: Installation }) {
  const trouble = installation.k8sInstallationInfo?.trouble ?? []
  if (trouble.length === 0) {
    return installation.statusReason ? (
      <Panel title="Why">
        <Box sx={{ fontSize: '0.8125rem', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {installation.statusReason}
        </Box>
      </Panel>
    ) : null
  }
  return (
    <Panel title="What Kubernetes says" isFlush>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {trouble.map(({ pod, reason, message }) => (
          <Box
            component="li"
            key={`${pod} ${reason}`}
            sx={{
              px: 2,
              py: 1.25,
              display: 'grid',
              gridTemplateColumns: '1fr auto',
              fontSize: '0.8125rem',
              '&:not(:first-of-type)': { borderTop: 1, borderColor: 'divider' },
            }}
          >
            <Box sx={{ minWidth: 0 }}>
              <Box sx={{ fontWeight: 550 }}>{meaningOf(reason) ?? 'The pod is not ready.'}</Box>
              <Box sx={{ color: 'text.secondary', mt: 0.5, overflowWrap: 'anywhere' }}>
                <code>
                  {pod} · {reason}
                  {message === '' ? '' : `: ${message}`}
                </code>
              </Box>
            </Box>
            <CopyButton text={`${pod} ${reason}: ${message}`} label={`Copy what Kubernetes says of ${pod}`} />
          </Box>
        ))}
      </Box>
    </Panel>
  )
}
