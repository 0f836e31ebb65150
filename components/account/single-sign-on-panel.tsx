'use client'

import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { addresses } from '#lib/domain/addresses.ts'
import { startSingleSignOn } from '#lib/queries/sign-in.ts'
import type { AccountActions } from './account-actions.ts'

interface SingleSignOnPanelProps {
  name: string
  isLinked: boolean
  startLinking: AccountActions['startLinking']
}

/** Links the identity of the organization's provider, by signing in there once. */
export function SingleSignOnPanel({ name, isLinked, startLinking }: SingleSignOnPanelProps) {
  const [message, setMessage] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)

  async function link(): Promise<void> {
    setIsBusy(true)
    setMessage(null)
    try {
      const prepared = await startLinking()
      const answer = prepared.ok
        ? await startSingleSignOn(addresses.account)
        : { ok: false as const, message: prepared.failure.message }
      if (answer.ok) {
        window.location.assign(answer.url)
        return
      }
      setMessage(answer.message)
    } catch {
      setMessage('The console did not answer. Try again in a moment.')
    }
    setIsBusy(false)
  }

  return (
    <Panel title={name}>
      <Box
        sx={{
          display: 'grid',
          gap: 1.5,
          justifyItems: 'start',
          fontSize: '0.8125rem',
          color: 'text.secondary',
        }}
      >
        {isLinked
          ? `Your identity at ${name} is linked: you can sign in with it.`
          : `Link your identity at ${name}, and sign in with it from then on.`}
        {message ? <ErrorPanel failure={{ message }} /> : null}
        <Button disabled={isBusy} onClick={() => void link()}>
          {isLinked ? 'Link another identity' : `Link ${name}`}
        </Button>
      </Box>
    </Panel>
  )
}
