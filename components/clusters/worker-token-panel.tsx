'use client'

import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import { useState } from 'react'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { CopyField } from '#components/ui/copy-field.tsx'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { TokenIcon } from '#components/ui/icons.ts'
import { Panel } from '#components/ui/panel.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Failure } from '#lib/domain/action-result.ts'
import { addresses } from '#lib/domain/addresses.ts'
import { useRefetch } from '#lib/queries/use-refetch.ts'
import type { CreateToken } from './cluster-actions.ts'

export interface NewToken {
  name: string
  token: string
}

interface WorkerTokenPanelProps {
  clusterName: string
  takenNames: readonly string[]
  created: NewToken | null
  onCreated: (token: NewToken) => void
  createToken: CreateToken
}

/** Makes a worker's token and shows it: now, and never again. */
export function WorkerTokenPanel({
  clusterName,
  takenNames,
  created,
  onCreated,
  createToken,
}: WorkerTokenPanelProps) {
  const { name: namespace } = useNamespace()
  const refetch = useRefetch(namespace)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setIsBusy] = useState(false)

  async function create(): Promise<void> {
    setIsBusy(true)
    setFailure(null)
    try {
      const answer = await createToken(namespace, {
        name: freeName(`worker-${clusterName}`, takenNames),
        profile: `${namespace}.k8sWorker__system`,
        clusters: [clusterName],
      })
      if (answer.ok) onCreated({ name: answer.value.name, token: answer.value.token })
      else setFailure(answer.failure)
    } catch {
      setFailure({
        code: 'io.windlass.unavailable',
        message:
          'The console did not answer. If a token appears in the list at the right, revoke it and try again.',
        faults: [],
      })
    } finally {
      setIsBusy(false)
      refetch('token')
    }
  }

  return (
    <Panel title="1 · Access token" description="Good for work of this cluster, and for nothing else.">
      {created ? (
        <Box sx={{ display: 'grid', gap: 1 }}>
          <CopyField label="access token" value={created.token} />
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            Copy it now: it is not stored and will not be shown again. It is named <code>{created.name}</code>{' '}
            in the <TextLink href={addresses.tokens(namespace)}>list of tokens</TextLink>, where it can be
            revoked.
          </Typography>
        </Box>
      ) : (
        <Box sx={{ display: 'grid', gap: 1.5, justifyItems: 'start' }}>
          {failure ? <ErrorPanel failure={failure} /> : null}
          <Button
            variant="contained"
            color="primary"
            disabled={isBusy}
            startIcon={<TokenIcon aria-hidden />}
            onClick={() => void create()}
          >
            Create worker token
          </Button>
        </Box>
      )}
    </Panel>
  )
}

function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted
  let number = 2
  while (taken.includes(`${wanted}-${number}`)) number += 1
  return `${wanted}-${number}`
}
