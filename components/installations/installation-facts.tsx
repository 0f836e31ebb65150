'use client'

import Box from '@mui/material/Box'
import type { ReactNode } from 'react'
import { WorkerStatus } from '#components/statuses/worker-status.tsx'
import { FactList } from '#components/ui/fact-list.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { Cluster } from '#lib/domain/cluster.ts'
import type { Installation } from '#lib/domain/installation.ts'

interface InstallationFactsProps {
  installation: Installation
  cluster: Cluster | undefined
}

/** Three separate facts: what is wanted, what was seen, and how fresh that sight is. */
export function InstallationFacts({ installation, cluster }: InstallationFactsProps) {
  const seen = installation.k8sInstallationInfo
  const image = installation.configSpec?.find((item) => item.type === 'image')
  const wanted = installation.k8sState === 'stopped' ? 0 : installation.replicaCount
  const isApplied = installation.appliedRevision === installation.revision
  return (
    <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: { md: 'repeat(3, minmax(0, 1fr))' } }}>
      <Panel title="Desired">
        <Figure value={wanted} unit={wanted === 1 ? 'replica' : 'replicas'} />
        <FactList
          facts={[
            { label: 'Image', value: image ? <code>{image.name}</code> : '–' },
            { label: 'Namespace', value: <code>{installation.k8sNamespace}</code> },
            { label: 'Revision', value: installation.revision },
            {
              label: 'Deployed',
              value: (
                <>
                  <RelativeTime at={installation.installationDate} /> by {installation.installedBy}
                </>
              ),
            },
          ]}
        />
      </Panel>
      <Panel title="Observed">
        {seen ? (
          <>
            <Figure
              value={seen.exists ? seen.replicasReady : '–'}
              unit={seen.exists ? `of ${seen.replicasWanted} ready` : 'no StatefulSet'}
            />
            <FactList
              facts={[
                { label: 'Updated', value: `${seen.replicasUpdated} of ${seen.replicasWanted}` },
                {
                  label: 'Revision',
                  value:
                    installation.appliedRevision === null
                      ? `${installation.revision} is wanted, none is done yet`
                      : `${installation.appliedRevision} applied${isApplied ? '' : `, ${installation.revision} is wanted`}`,
                },
                {
                  label: 'Kubernetes',
                  value: seen.isCurrent ? 'has acted on the latest change' : 'has yet to act',
                },
                {
                  label: 'Objects',
                  value:
                    installation.appliedRevision === null && installation.objects.length === 0
                      ? 'told when the operation ends'
                      : installation.objects.length,
                },
              ]}
            />
          </>
        ) : (
          <Box sx={{ color: 'text.tertiary', fontSize: '0.8125rem' }}>Nothing was reported yet.</Box>
        )}
      </Panel>
      <Panel title="Freshness">
        <Figure
          value={installation.observedAt ? <RelativeTime at={installation.observedAt} /> : '–'}
          unit=""
        />
        <FactList
          facts={[
            { label: 'Observed', value: installation.observedAt ? 'at that time, by the worker' : 'not yet' },
            {
              label: 'Worker',
              value: cluster ? <WorkerStatus lastSeen={cluster.workerLastSeen} isPlain /> : '–',
            },
            {
              label: 'StatefulSet',
              value: installation.k8sInstallationIdentifier ? (
                <code>{installation.k8sInstallationIdentifier}</code>
              ) : seen?.exists ? (
                'told when the operation ends'
              ) : (
                'not made yet'
              ),
            },
          ]}
        />
      </Panel>
    </Box>
  )
}

function Figure({ value, unit }: { value: ReactNode; unit: string }) {
  return (
    <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 0.75, mb: 1.25 }}>
      <Box
        sx={{
          fontSize: '1.5rem',
          fontWeight: 600,
          letterSpacing: '-0.02em',
          fontVariantNumeric: 'tabular-nums',
        }}
      >
        {value}
      </Box>
      <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>{unit}</Box>
    </Box>
  )
}
