'use client'

import { z } from 'zod'
import { FormShell } from '#components/form/form-shell.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { useCheckedForm } from '#components/form/use-checked-form.ts'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import type { User } from '#lib/domain/user.ts'
import type { MemberActions } from './member-actions.ts'
import { roleOptions } from './role-words.ts'

const NewMember = z.object({
  userId: z.string('Choose a person').min(1, 'Choose a person'),
  role: z.enum(['admin', 'viewer', 'user']),
})

interface AddMemberFormProps {
  candidates: readonly User[]
  actions: MemberActions
  onClose: () => void
  onDone: () => void
}

export function AddMemberForm({ candidates, actions, onClose, onDone }: AddMemberFormProps) {
  const { name: namespace } = useNamespace()
  const { control, submit, error, loading } = useCheckedForm({
    schema: NewMember,
    defaultValues: { userId: candidates[0]?._id ?? '', role: 'viewer' as const },
    action: ({ userId, role }) => actions.setMembership(namespace, userId, role),
    onDone: () => {
      onClose()
      onDone()
    },
  })
  return (
    <FormShell
      label="Add member"
      onSubmit={submit}
      error={error}
      loading={loading}
      submitLabel="Add member"
      onCancel={onClose}
    >
      <SelectField
        control={control}
        name="userId"
        label="Person"
        required
        options={candidates.map((user) => ({ value: user._id, label: user.name, description: user.email }))}
      />
      <SelectField control={control} name="role" label="Role" required options={roleOptions} />
    </FormShell>
  )
}
