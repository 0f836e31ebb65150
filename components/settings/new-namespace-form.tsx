'use client'

import { FormShell } from '#components/form/form-shell.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useCheckedForm } from '#components/form/use-checked-form.ts'
import { NamespaceInput, type Namespace } from '#lib/domain/namespace.ts'
import type { MemberActions } from './member-actions.ts'

interface NewNamespaceFormProps {
  createNamespace: MemberActions['createNamespace']
  onClose: () => void
  onDone: (namespace: Namespace) => void
}

export function NewNamespaceForm({ createNamespace, onClose, onDone }: NewNamespaceFormProps) {
  const { control, submit, error, loading } = useCheckedForm({
    schema: NamespaceInput,
    defaultValues: { name: '' },
    action: createNamespace,
    onDone: (namespace) => {
      onClose()
      onDone(namespace)
    },
  })
  return (
    <FormShell
      label="New namespace"
      onSubmit={submit}
      error={error}
      loading={loading}
      submitLabel="Create"
      loadingLabel="Creating"
      onCancel={onClose}
    >
      <TextField
        control={control}
        name="name"
        label="Name"
        required
        isCode
        help="It stands in every address and in the profiles of tokens, and cannot be changed later."
      />
    </FormShell>
  )
}
