'use client'

import { useRouter } from 'next/navigation'
import { FormShell } from '#components/form/form-shell.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useCheckedForm } from '#components/form/use-checked-form.ts'
import { Panel } from '#components/ui/panel.tsx'
import { useToast } from '#components/ui/toasts.tsx'
import type { AccountActions } from './account-actions.ts'

const loadSchema = () => import('./account-schemas.ts').then((part) => part.NameChange)

/** How one is called in the console. */
export function NamePanel({ name, rename }: { name: string; rename: AccountActions['rename'] }) {
  const router = useRouter()
  const toast = useToast()
  const { control, submit, error, loading } = useCheckedForm({
    schema: loadSchema,
    defaultValues: { name },
    action: rename,
    onDone: () => {
      router.refresh()
      toast('Your name is changed.')
    },
  })
  return (
    <Panel title="Profile">
      <FormShell label="Name" onSubmit={submit} error={error} loading={loading} submitLabel="Save name">
        <TextField control={control} name="name" label="Name" autoComplete="name" required />
      </FormShell>
    </Panel>
  )
}
