'use client'

import Button from '@mui/material/Button'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { AddIcon } from '#components/ui/icons.ts'
import { Panel } from '#components/ui/panel.tsx'
import { PlainTable } from '#components/ui/plain-table.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { addresses } from '#lib/domain/addresses.ts'
import type { Namespace } from '#lib/domain/namespace.ts'
import type { MemberActions } from './member-actions.ts'

const FormDialog = dynamic(() => import('#components/ui/form-dialog.tsx').then((part) => part.FormDialog), {
  ssr: false,
})
const NewNamespaceForm = dynamic(
  () => import('./new-namespace-form.tsx').then((part) => part.NewNamespaceForm),
  { ssr: false },
)

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
      {isAdding ? (
        <FormDialog title="New namespace" isOpen onClose={() => setIsAdding(false)}>
          <NewNamespaceForm
            createNamespace={actions.createNamespace}
            onClose={() => setIsAdding(false)}
            onDone={(namespace) => router.push(addresses.members(namespace.name))}
          />
        </FormDialog>
      ) : null}
    </Panel>
  )
}
