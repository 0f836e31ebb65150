'use client'

import { FormShell } from '#components/form/form-shell.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useCheckedForm } from '#components/form/use-checked-form.ts'
import { Panel } from '#components/ui/panel.tsx'
import { useToast } from '#components/ui/toasts.tsx'
import type { AccountActions } from './account-actions.ts'

interface PasswordPanelProps {
  hasPassword: boolean
  mustChange: boolean
  /** For the browser's password store, which must know whose password this is. */
  email: string
  changePassword: AccountActions['changePassword']
}

const loadSchema = () => import('./account-schemas.ts').then((part) => part.NewPassword)

/** Changing the password ends every other session. */
export function PasswordPanel({ hasPassword, mustChange, email, changePassword }: PasswordPanelProps) {
  const toast = useToast()
  const { form, control, submit, error, loading } = useCheckedForm({
    schema: loadSchema,
    defaultValues: { presentPassword: '', newPassword: '', repeated: '' },
    action: changePassword,
    onDone: () => {
      if (mustChange) {
        window.location.assign('/')
        return
      }
      form.reset()
      toast('Your password is changed. Every other session of yours has ended.')
    },
  })
  return (
    <Panel title={hasPassword ? 'Password' : 'Set a password'}>
      <FormShell
        label="Password"
        onSubmit={submit}
        error={error}
        loading={loading}
        submitLabel="Change password"
        loadingLabel="Changing"
        note="Ends every other session of yours."
      >
        <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
        {hasPassword ? (
          <TextField
            control={control}
            name="presentPassword"
            label="Present password"
            type="password"
            autoComplete="current-password"
            required
          />
        ) : null}
        <TextField
          control={control}
          name="newPassword"
          label="New password"
          type="password"
          autoComplete="new-password"
          required
          help="At least 12 characters. Length is what counts."
        />
        <TextField
          control={control}
          name="repeated"
          label="New password, once more"
          type="password"
          autoComplete="new-password"
          required
        />
      </FormShell>
    </Panel>
  )
}
