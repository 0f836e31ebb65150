'use client'

import Button from '@mui/material/Button'
import { ErrorPanel } from './error-panel.tsx'

/** What stands in place of a page that could not be made. */
export function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest =
    typeof error === 'object' && error !== null && 'digest' in error ? String(error.digest) : undefined
  return (
    <ErrorPanel
      title="This page could not be shown"
      failure={{
        message: digest
          ? `The console's log has it as ${digest}.`
          : 'The console did not answer as it should.',
      }}
      nextStep="Try again in a moment. If it stays, somebody who can read the console's log should look."
      action={<Button onClick={retry}>Try again</Button>}
    />
  )
}
