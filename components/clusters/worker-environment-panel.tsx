'use client'

import Box from '@mui/material/Box'
import Tab from '@mui/material/Tab'
import Tabs from '@mui/material/Tabs'
import Typography from '@mui/material/Typography'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { CopyField } from '#components/ui/copy-field.tsx'
import { Panel } from '#components/ui/panel.tsx'
import {
  dockerCommand,
  environmentFile,
  isLoopback,
  npmCommand,
  type WorkerEnvironment,
} from './worker-environment.ts'

interface WorkerEnvironmentPanelProps extends WorkerEnvironment {
  workerImage: string
}

const ways = ['npm', 'docker', 'environment'] as const

const wayLabels: Record<(typeof ways)[number], string> = {
  npm: 'npm',
  docker: 'Docker',
  environment: 'Environment',
}

/** The environment a worker needs, in the forms one needs it in, already filled in. */
export function WorkerEnvironmentPanel({ workerImage, ...environment }: WorkerEnvironmentPanelProps) {
  const [way, setWay] = useQueryState('way', parseAsStringLiteral(ways).withDefault('npm'))
  const texts: Record<(typeof ways)[number], { text: string; hint: string }> = {
    npm: {
      text: npmCommand(environment),
      hint: 'In a clone of this repository, on a machine whose kubeconfig reaches the cluster.',
    },
    docker: {
      text: dockerCommand(environment, workerImage),
      hint: 'With the worker’s image, on a machine whose kubeconfig reaches the cluster.',
    },
    environment: {
      text: environmentFile(environment),
      hint: 'For a Pod, a unit file or whatever else starts the worker. WORKER_MODE=once empties the queue and ends, for a CronJob.',
    },
  }
  return (
    <Panel
      title="2 · Start the worker"
      description={
        environment.token === null ? 'Create the token first, and it is filled in here.' : undefined
      }
    >
      <Box sx={{ borderBottom: 1, borderColor: 'divider', mb: 1.5, mt: -0.5 }}>
        <Tabs
          value={way}
          onChange={(_, next: (typeof ways)[number]) => void setWay(next)}
          aria-label="Ways to start"
        >
          {ways.map((each) => (
            <Tab key={each} value={each} label={wayLabels[each]} id={`way-${each}`} aria-controls="way" />
          ))}
        </Tabs>
      </Box>
      <Box role="tabpanel" id="way" aria-labelledby={`way-${way}`} sx={{ display: 'grid', gap: 1 }}>
        <CopyField label="command" value={texts[way].text} isBlock />
        <Typography variant="caption" sx={{ color: 'text.tertiary' }}>
          {texts[way].hint}
        </Typography>
        {isLoopback(environment.publicUrl) ? (
          <Typography variant="caption" sx={{ color: 'warning.main' }}>
            {environment.publicUrl} is reachable from this machine only. For a worker elsewhere, start the
            console with PUBLIC_URL set to the address it is reached at from there.
          </Typography>
        ) : null}
      </Box>
    </Panel>
  )
}
