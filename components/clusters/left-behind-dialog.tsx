'use client'

import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import Typography from '@mui/material/Typography'
import { useId } from 'react'
import { CopyField } from '#components/ui/copy-field.tsx'
import type { LeftBehind } from './cluster-actions.ts'

/** After a cluster was forgotten: what may still exist in Kubernetes, to be removed by hand. Told once. */
export function LeftBehindDialog({ left, onClose }: { left: LeftBehind[] | null; onClose: () => void }) {
  const titleId = useId()
  const list = (left ?? []).flatMap(({ installationName, k8sNamespace, objects }) => [
    `# ${installationName}`,
    ...(objects.length === 0
      ? [`# nothing is known of it; look in namespace ${k8sNamespace}`]
      : objects.map(({ kind, name }) => `kubectl delete -n ${k8sNamespace} ${kind.toLowerCase()} ${name}`)),
  ])
  return (
    <Dialog open={left !== null} onClose={onClose} maxWidth="sm" fullWidth aria-labelledby={titleId}>
      <DialogTitle id={titleId}>What may still exist in Kubernetes</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5 }}>
        <Typography sx={{ color: 'text.secondary' }}>
          The cluster is forgotten. These objects were there when its worker last reported; nothing removes
          them any more but you.
        </Typography>
        <CopyField label="commands that remove what is left" value={list.join('\n')} isBlock />
      </DialogContent>
      <DialogActions>
        <Button variant="contained" color="primary" onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  )
}
