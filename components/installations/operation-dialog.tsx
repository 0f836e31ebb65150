'use client'

import Box from '@mui/material/Box'
import Checkbox from '@mui/material/Checkbox'
import FormControlLabel from '@mui/material/FormControlLabel'
import { useState } from 'react'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import type { Installation } from '#lib/domain/installation.ts'
import type { Workitem } from '#lib/domain/workitem.ts'
import { newRequestId } from '#lib/queries/request-id.ts'
import type { InstallationActions, OperationAsked } from './installation-actions.ts'

type AskedOperation = OperationAsked['operation']

interface OperationDialogProps {
  installation: Installation
  /** Null: closed. */
  operation: AskedOperation | null
  onClose: () => void
  actions: InstallationActions
  onDone: (item: Workitem) => void
}

const labels: Record<AskedOperation, string> = {
  shutdown: 'Shutdown Installation',
  restart: 'Restart Installation',
  undeploy: 'Undeploy Installation',
}

/** Asks once more, says what happens, and lists what goes. */
export function OperationDialog({ installation, operation, onClose, actions, onDone }: OperationDialogProps) {
  const { name: namespace } = useNamespace()
  const [deletesVolumes, setDeletesVolumes] = useState(false)
  const [requestId, setRequestId] = useState(newRequestId)
  // While it closes, the dialog keeps saying what it said.
  const [shown, setShown] = useState<AskedOperation>('shutdown')
  if (operation !== null && operation !== shown) setShown(operation)
  const claims = installation.objects.filter((object) => object.kind === 'PersistentVolumeClaim')
  const losesData = shown === 'undeploy' && deletesVolumes
  const close = () => {
    setDeletesVolumes(false)
    setRequestId(newRequestId())
    onClose()
  }
  return (
    <ConfirmDialog
      isOpen={operation !== null}
      onClose={close}
      title={`${labels[shown]} ${installation.name}?`}
      confirmLabel={labels[shown]}
      isDestructive={shown === 'undeploy'}
      {...(losesData ? { nameToType: installation.name } : {})}
      action={() =>
        actions.requestOperation(namespace, {
          clusterName: installation.clusterName,
          installationName: installation.name,
          operation: shown,
          requestId,
          ...(losesData ? { deleteVolumes: true } : {}),
        })
      }
      onDone={onDone}
    >
      <Consequence installation={installation} operation={shown} />
      {shown === 'undeploy' && claims.length > 0 ? (
        <FormControlLabel
          sx={{ mt: 1, color: 'text.primary', '& .MuiFormControlLabel-label': { fontSize: '0.8125rem' } }}
          control={
            <Checkbox
              size="small"
              checked={deletesVolumes}
              onChange={(_, isChecked) => setDeletesVolumes(isChecked)}
            />
          }
          label={`Delete its ${claims.length === 1 ? 'claim' : `${claims.length} claims`} and the data in them too`}
        />
      ) : null}
    </ConfirmDialog>
  )
}

function Consequence({ installation, operation }: { installation: Installation; operation: AskedOperation }) {
  if (operation === 'shutdown') {
    return <>It is scaled to no replicas. No object is removed, and Restart Installation brings it back.</>
  }
  if (operation === 'restart') {
    return installation.k8sState === 'stopped' ? (
      <>It is scaled to {replicas(installation.replicaCount)} again.</>
    ) : (
      <>Its pods are replaced one after the other. Nothing else changes.</>
    )
  }
  const going = installation.objects.filter((object) => object.kind !== 'PersistentVolumeClaim')
  return (
    <>
      Everything that was generated for it in namespace <code>{installation.k8sNamespace}</code> is removed
      {going.length === 0 ? '.' : ':'}
      {going.length === 0 ? null : (
        <Box
          component="ul"
          tabIndex={0}
          aria-label="What goes"
          sx={{ my: 1, pl: 2.5, maxHeight: 180, overflow: 'auto', fontSize: '0.8125rem' }}
        >
          {going.map((object) => (
            <li key={`${object.kind}/${object.name}`}>
              {object.kind} <code>{object.name}</code>
            </li>
          ))}
        </Box>
      )}
    </>
  )
}

const replicas = (count: number) => (count === 1 ? '1 replica' : `${count} replicas`)
