'use client'

import { useNamespace } from '#components/shell/namespace-context.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { useToast } from '#components/ui/toasts.tsx'
import type { TokenRow } from '#lib/domain/access.ts'
import { useRefetch } from '#lib/queries/use-refetch.ts'
import type { TokenActions } from './token-actions.ts'

interface RevokeDialogProps {
  token: TokenRow
  onClose: () => void
  revokeToken: TokenActions['revokeToken']
}

export function RevokeDialog({ token, onClose, revokeToken }: RevokeDialogProps) {
  const { name: namespace } = useNamespace()
  const refetch = useRefetch(namespace)
  const toast = useToast()
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Revoke ${token.name}?`}
      confirmLabel="Revoke"
      isDestructive
      action={() => revokeToken(namespace, token.name)}
      onDone={() => {
        refetch('token')
        toast(`Token ${token.name} is revoked.`)
      }}
    >
      Whoever uses it is refused from now on.
      {token.clusters.length > 0
        ? ` The worker of ${token.clusters.join(', ')} stops getting work until it is given another one.`
        : ''}
    </ConfirmDialog>
  )
}
