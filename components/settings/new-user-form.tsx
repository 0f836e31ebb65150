'use client'

import { z } from 'zod'
import { FormShell } from '#components/form/form-shell.tsx'
import { SwitchField } from '#components/form/switch-field.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useCheckedForm } from '#components/form/use-checked-form.ts'
import { UserInput, type User } from '#lib/domain/user.ts'
import type { MemberActions } from './member-actions.ts'

const NewUser = z.object({
  email: UserInput.shape.email,
  name: UserInput.shape.name,
  isOrganizationAdmin: z.boolean(),
  oidcSubject: z
    .string()
    .transform((text) => (text === '' ? undefined : text))
    .pipe(UserInput.shape.oidcSubject),
})

interface NewUserFormProps {
  hasSingleSignOn: boolean
  createUser: MemberActions['createUser']
  onClose: () => void
  onDone: (user: User & { initialPassword: string | null }) => void
}

export function NewUserForm({ hasSingleSignOn, createUser, onClose, onDone }: NewUserFormProps) {
  const { control, submit, error, loading } = useCheckedForm({
    schema: NewUser,
    defaultValues: { email: '', name: '', isOrganizationAdmin: false, oidcSubject: '' },
    action: createUser,
    onDone: (user) => {
      onClose()
      onDone(user)
    },
  })
  return (
    <FormShell
      label="New person"
      onSubmit={submit}
      error={error}
      loading={loading}
      submitLabel="Create"
      loadingLabel="Creating"
      onCancel={onClose}
    >
      <TextField control={control} name="name" label="Name" required />
      <TextField control={control} name="email" label="E-mail address" type="email" required />
      {hasSingleSignOn ? (
        <TextField
          control={control}
          name="oidcSubject"
          label="Single sign-on subject"
          isCode
          help="The person’s sub at your provider. Given, the person signs in there and gets no password."
        />
      ) : null}
      <SwitchField
        control={control}
        name="isOrganizationAdmin"
        label="Organization admin"
        help="Everything in every namespace; people, namespaces and memberships."
      />
    </FormShell>
  )
}
