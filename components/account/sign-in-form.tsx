'use client'

import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Divider from '@mui/material/Divider'
import Typography from '@mui/material/Typography'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { FormShell } from '#components/form/form-shell.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { signInWithPassword, startSingleSignOn } from '#lib/queries/sign-in.ts'

interface SignInFormProps {
  /** Where to go afterwards; a path of this console. */
  callbackUrl: string
  singleSignOnName: string | null
  /** Why the attempt before was refused. */
  failure: string | null
}

/** E-mail and password, or the organization's own sign-on. */
export function SignInForm({ callbackUrl, singleSignOnName, failure }: SignInFormProps) {
  const { control, handleSubmit, setFocus } = useForm({ defaultValues: { email: '', password: '' } })
  const [message, setMessage] = useState(failure)
  const [isBusy, setIsBusy] = useState(false)

  async function signIn(attempt: () => ReturnType<typeof startSingleSignOn>): Promise<void> {
    setIsBusy(true)
    setMessage(null)
    const answer = await attempt()
    if (answer.ok) {
      // A whole load, so that nothing of the session before stays in memory.
      window.location.assign(answer.url)
      return
    }
    setIsBusy(false)
    setMessage(answer.message)
    setFocus('password', { shouldSelect: true })
  }

  return (
    <Box sx={{ display: 'grid', gap: 2.5 }}>
      <div>
        <Typography variant="h1">Sign in</Typography>
        <Typography sx={{ color: 'text.secondary', mt: 0.5 }}>
          Deploy into Kubernetes clusters that nobody can reach from outside.
        </Typography>
      </div>
      <FormShell
        label="Sign in"
        onSubmit={handleSubmit((given) => signIn(() => signInWithPassword(given, callbackUrl)))}
        error={message === null ? null : { code: 'io.windlass.unauthenticated', message, faults: [] }}
        loading={isBusy}
        submitLabel="Sign in"
        loadingLabel="Signing in"
        isWide
      >
        <TextField
          control={control}
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="username"
          required
          rules={{ required: 'Your e-mail address is needed' }}
        />
        <TextField
          control={control}
          name="password"
          label="Password"
          type="password"
          autoComplete="current-password"
          required
          rules={{ required: 'Your password is needed' }}
        />
      </FormShell>
      {singleSignOnName === null ? null : (
        <>
          <Divider sx={{ color: 'text.tertiary', fontSize: '0.75rem' }}>or</Divider>
          <Button
            disabled={isBusy}
            onClick={() => void signIn(() => startSingleSignOn(callbackUrl))}
            fullWidth
          >
            Continue with {singleSignOnName}
          </Button>
        </>
      )}
    </Box>
  )
}
