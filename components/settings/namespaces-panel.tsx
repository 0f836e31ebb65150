'use client'

import Button from '@mui/material/Button'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormShell } from '#components/form/form-shell.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useCheckedForm } from '#components/form/use-checked-form.ts'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { AddIcon } from '#components/ui/icons.ts'
import { Panel } from '#components/ui/panel.tsx'
import { PlainTable } from '#components/ui/plain-table.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { addresses } from '#lib/domain/addresses.ts'
import { NamespaceInput, type Namespace } from '#lib/domain/namespace.ts'
import type { MemberActions } from './member-actions.ts'

interface NamespacesPanelProps {
  namespaces: readonly Namespace[]
  actions: MemberActions
}

/** The organization's namespaces. */
export function NamespacesPanel({ namespaces, actions }: NamespacesPanelProps) {
  const [isAdding, setIsAdding] = useState(false)
  const router = useRouter()
  return (
    <Panel
      title="Namespaces of the organization"
      isFlush
      actions={
        <Button size="small" startIcon={<AddIcon aria-hidden />} onClick={() => setIsAdding(true)}>
          New namespace
        </Button>
      }
    >
      <PlainTable
        label="Namespaces"
        rows={namespaces}
        keyOf={(namespace) => namespace.name}
        columns={[
          {
            key: 'name',
            label: 'Name',
            render: (namespace) => (
              <TextLink href={addresses.members(namespace.name)} isStrong>
                {namespace.name}
              </TextLink>
            ),
          },
          {
            key: 'profile',
            label: 'Profile of its workers',
            from: 'sm',
            render: (namespace) => <code>{namespace.name}.k8sWorker__system</code>,
          },
        ]}
      />
      <FormDialog title="New namespace" isOpen={isAdding} onClose={() => setIsAdding(false)}>
        <NewNamespaceForm
          createNamespace={actions.createNamespace}
          onClose={() => setIsAdding(false)}
          onDone={(namespace) => router.push(addresses.members(namespace.name))}
        />
      </FormDialog>
    </Panel>
  )
}

interface NewNamespaceFormProps {
  createNamespace: MemberActions['createNamespace']
  onClose: () => void
  onDone: (namespace: Namespace) => void
}

function NewNamespaceForm({ createNamespace, onClose, onDone }: NewNamespaceFormProps) {
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
