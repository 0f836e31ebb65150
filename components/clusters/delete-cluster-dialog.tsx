'use client'

import { useQuery } from '@tanstack/react-query'
import Box from '@mui/material/Box'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import type { Cluster } from '#lib/domain/cluster.ts'
import { queries } from '#lib/queries/resources.ts'
import type { DeleteCluster, LeftBehind } from './cluster-actions.ts'
import { queueQuery } from './queue-query.ts'

interface DeleteClusterDialogProps {
  cluster: Cluster
  isOpen: boolean
  onClose: () => void
  deleteCluster: DeleteCluster
  onDone: (mayStillExist: LeftBehind[]) => void
}

/** Deleting an empty cluster; or forgetting one with everything in it. Its name is typed for both. */
export function DeleteClusterDialog({
  cluster,
  isOpen,
  onClose,
  deleteCluster,
  onDone,
}: DeleteClusterDialogProps) {
  const { name: namespace } = useNamespace()
  const { data } = useQuery(queries.workitems(namespace, queueQuery(cluster.name)))
  const items = data?.total ?? cluster.queueLength
  const installations = Object.values(cluster.installationsByStatus).reduce((sum, count) => sum + count, 0)
  const isEmpty = installations === 0 && items === 0
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={isEmpty ? `Delete cluster ${cluster.name}?` : `Forget cluster ${cluster.name}?`}
      confirmLabel={isEmpty ? 'Delete cluster' : 'Forget cluster'}
      isDestructive
      nameToType={cluster.name}
      action={() =>
        deleteCluster(namespace, cluster.name, isEmpty ? {} : { forget: true, confirmedName: cluster.name })
      }
      onDone={({ mayStillExist }) => onDone(mayStillExist)}
    >
      {isEmpty ? (
        <>
          The record goes, and its worker’s tokens are refused from now on. Nothing in Kubernetes is touched.
        </>
      ) : (
        <>
          This cluster is in use. Undeploy its installations first, and Kubernetes is left clean. Forgetting
          it all the same drops our record only:
          <Box component="ul" sx={{ my: 1, pl: 2.5 }}>
            {installations > 0 ? (
              <li>
                {count(installations, 'installation')}, whose objects stay in Kubernetes without anybody to
                remove them
              </li>
            ) : null}
            {items > 0 ? <li>{count(items, 'work item')}, cancelled</li> : null}
            <li>its worker’s tokens, revoked</li>
          </Box>
        </>
      )}
    </ConfirmDialog>
  )
}

const count = (number: number, noun: string) =>
  `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
