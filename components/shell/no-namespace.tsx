'use client'

import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import { CenteredPage } from '#components/ui/centered-page.tsx'

/** Signed in, and a member of nothing yet. */
export function NoNamespace({ email, signOut }: { email: string; signOut: () => Promise<void> }) {
  return (
    <CenteredPage>
      <div>
        <Typography variant="h1" gutterBottom>
          No namespace yet
        </Typography>
        <Typography sx={{ color: 'text.secondary', mb: 2.5 }}>
          You are signed in as {email} and not a member of any namespace. An organization admin can add you to
          one.
        </Typography>
        <Button onClick={() => void signOut()}>Sign out</Button>
      </div>
    </CenteredPage>
  )
}
