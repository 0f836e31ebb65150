'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { ActionMenu } from '#components/ui/action-menu.tsx'
import { DeleteIcon, EditIcon } from '#components/ui/icons.ts'
import { useToast } from '#components/ui/toasts.tsx'
import { addresses } from '#lib/domain/addresses.ts'
import type { Cluster } from '#lib/domain/cluster.ts'
import { useRefetch } from '#lib/queries/use-refetch.ts'
import type { DeleteCluster, LeftBehind, UpdateCluster } from './cluster-actions.ts'
import { DeleteClusterDialog } from './delete-cluster-dialog.tsx'
import { EditClusterDialog } from './edit-cluster-dialog.tsx'
import { LeftBehindDialog } from './left-behind-dialog.tsx'

interface ClusterMenuProps {
  cluster: Cluster
  updateCluster: UpdateCluster
  deleteCluster: DeleteCluster
}

/** What is done to a cluster now and then. */
export function ClusterMenu({ cluster, updateCluster, deleteCluster }: ClusterMenuProps) {
  const { name: namespace } = useNamespace()
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const router = useRouter()
  const refetch = useRefetch(namespace)
  const toast = useToast()
  const [left, setLeft] = useState<LeftBehind[] | null>(null)
  const close = () => setOpen(null)
  const leave = () => {
    refetch('cluster')
    router.push(addresses.clusters(namespace))
    toast(`Cluster ${cluster.name} is deleted.`)
  }
  return (
    <>
      <ActionMenu
        label={`Actions of cluster ${cluster.name}`}
        actions={[
          { label: 'Edit ingress', icon: <EditIcon aria-hidden />, onSelect: () => setOpen('edit') },
          {
            label: 'Delete cluster',
            icon: <DeleteIcon aria-hidden />,
            onSelect: () => setOpen('delete'),
            isDestructive: true,
            startsGroup: true,
          },
        ]}
      />
      <EditClusterDialog
        cluster={cluster}
        isOpen={open === 'edit'}
        onClose={close}
        updateCluster={updateCluster}
        onDone={() => {
          refetch('cluster')
          toast('The ingress of this cluster is changed. Installations take it over with their next deploy.')
        }}
      />
      <DeleteClusterDialog
        cluster={cluster}
        isOpen={open === 'delete'}
        onClose={close}
        deleteCluster={deleteCluster}
        onDone={(mayStillExist) => (mayStillExist.length === 0 ? leave() : setLeft(mayStillExist))}
      />
      <LeftBehindDialog left={left} onClose={leave} />
    </>
  )
}
