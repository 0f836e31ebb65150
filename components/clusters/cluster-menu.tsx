'use client'

import dynamic from 'next/dynamic'
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

// Dialogs come when they are asked for: with them come forms and schemas, half as much again as the page.
const EditClusterDialog = dynamic(
  () => import('./edit-cluster-dialog.tsx').then((part) => part.EditClusterDialog),
  { ssr: false },
)
const DeleteClusterDialog = dynamic(
  () => import('./delete-cluster-dialog.tsx').then((part) => part.DeleteClusterDialog),
  { ssr: false },
)
const LeftBehindDialog = dynamic(
  () => import('./left-behind-dialog.tsx').then((part) => part.LeftBehindDialog),
  { ssr: false },
)

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
      {open === 'edit' ? (
        <EditClusterDialog
          cluster={cluster}
          isOpen
          onClose={close}
          updateCluster={updateCluster}
          onDone={() => {
            refetch('cluster')
            toast(
              'The ingress of this cluster is changed. Installations take it over with their next deploy.',
            )
          }}
        />
      ) : null}
      {open === 'delete' ? (
        <DeleteClusterDialog
          cluster={cluster}
          isOpen
          onClose={close}
          deleteCluster={deleteCluster}
          onDone={(mayStillExist) => (mayStillExist.length === 0 ? leave() : setLeft(mayStillExist))}
        />
      ) : null}
      {left ? <LeftBehindDialog left={left} onClose={leave} /> : null}
    </>
  )
}
