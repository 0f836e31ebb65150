'use client'

import { EmptyState } from '#components/ui/empty-state.tsx'
import { LockIcon } from '#components/ui/icons.ts'

/** For the role `user`: signed in, and nothing here to see. */
export function NoAccess({ namespace }: { namespace: string }) {
  return (
    <EmptyState icon={<LockIcon />} title="Nothing here is shared with you" isPageTitle>
      Your role in namespace {namespace} is <strong>user</strong>: it does not include clusters, installations
      or workitems. An organization admin can give you the role viewer or admin.
    </EmptyState>
  )
}
