'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { ActionMenu } from '#components/ui/action-menu.tsx'
import { DeleteIcon, EditIcon, RetryIcon, ShutdownIcon } from '#components/ui/icons.ts'
import type { WorkitemActions } from '#components/workitems/workitem-actions.ts'
import { useWorkitemToast } from '#components/workitems/use-workitem-toast.tsx'
import { addresses } from '#lib/domain/addresses.ts'
import type { Installation } from '#lib/domain/installation.ts'
import { useRefetch } from '#lib/queries/use-refetch.ts'
import type { InstallationActions, OperationAsked } from './installation-actions.ts'

const OperationDialog = dynamic(() => import('./operation-dialog.tsx').then((part) => part.OperationDialog), {
  ssr: false,
})

interface InstallationMenuProps {
  installation: Installation
  actions: InstallationActions
  cancel: WorkitemActions['cancel']
}

/** Update, shut down, restart, undeploy: in the words of the guide. */
export function InstallationMenu({ installation, actions, cancel }: InstallationMenuProps) {
  const { name: namespace, canChange } = useNamespace()
  const [operation, setOperation] = useState<OperationAsked['operation'] | null>(null)
  const refetch = useRefetch(namespace)
  const announce = useWorkitemToast(cancel)
  if (!canChange) return null
  const isStopped = installation.k8sState === 'stopped'
  return (
    <>
      <ActionMenu
        label={`Actions of installation ${installation.name}`}
        actions={[
          {
            label: 'Update Installation',
            icon: <EditIcon aria-hidden />,
            href: addresses.installation(namespace, installation.clusterName, installation.name, 'edit'),
          },
          {
            label: 'Restart Installation',
            icon: <RetryIcon aria-hidden />,
            onSelect: () => setOperation('restart'),
            startsGroup: true,
          },
          {
            label: 'Shutdown Installation',
            icon: <ShutdownIcon aria-hidden />,
            onSelect: () => setOperation('shutdown'),
            unavailable: isStopped ? 'It is stopped, or stopping, already.' : undefined,
          },
          {
            label: 'Undeploy Installation',
            icon: <DeleteIcon aria-hidden />,
            onSelect: () => setOperation('undeploy'),
            isDestructive: true,
            startsGroup: true,
          },
        ]}
      />
      {operation === null ? null : (
        <OperationDialog
          installation={installation}
          operation={operation}
          onClose={() => setOperation(null)}
          actions={actions}
          onDone={(item) => {
            refetch('workitem', 'installation')
            announce(item)
          }}
        />
      )}
    </>
  )
}
