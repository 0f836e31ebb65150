'use client'

import Dialog from '@mui/material/Dialog'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId } from 'react'
import { z } from 'zod'
import { FormShell } from '#components/form/form-shell.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useCheckedForm } from '#components/form/use-checked-form.ts'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { ClusterInput, type Cluster } from '#lib/domain/cluster.ts'
import type { UpdateCluster } from './cluster-actions.ts'

const EditedCluster = z.object({
  ingressDefaultNode: ClusterInput.shape.ingressDefaultNode.unwrap(),
  ingressClassName: z
    .string()
    .transform((text) => (text === '' ? null : text))
    .pipe(ClusterInput.shape.ingressClassName.unwrap()),
})

interface EditClusterDialogProps {
  cluster: Cluster
  isOpen: boolean
  onClose: () => void
  updateCluster: UpdateCluster
  onDone: () => void
}

export function EditClusterDialog(props: EditClusterDialogProps) {
  const titleId = useId()
  return (
    <Dialog open={props.isOpen} onClose={props.onClose} maxWidth="xs" fullWidth aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Ingress of {props.cluster.name}</DialogTitle>
      <DialogContent>
        <EditForm {...props} />
      </DialogContent>
    </Dialog>
  )
}

function EditForm({ cluster, onClose, updateCluster, onDone }: EditClusterDialogProps) {
  const { name: namespace } = useNamespace()
  const { control, submit, error, loading } = useCheckedForm({
    schema: EditedCluster,
    defaultValues: {
      ingressDefaultNode: cluster.ingressDefaultNode,
      ingressClassName: cluster.ingressClassName ?? '',
    },
    action: (given) => updateCluster(namespace, cluster.name, given),
    onDone: () => {
      onClose()
      onDone()
    },
  })
  return (
    <FormShell
      label="Edit ingress"
      onSubmit={submit}
      error={error}
      loading={loading}
      submitLabel="Save"
      loadingLabel="Saving"
      onCancel={onClose}
    >
      <TextField
        control={control}
        name="ingressDefaultNode"
        label="Ingress Default Node"
        required
        isCode
        help="The host of an inbound port that names none of its own."
      />
      <TextField
        control={control}
        name="ingressClassName"
        label="Ingress Class Name"
        isCode
        help="Left empty, the cluster’s default ingress class."
      />
    </FormShell>
  )
}
