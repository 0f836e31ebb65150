'use client'

import Box from '@mui/material/Box'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import type { Namespace } from '#lib/domain/namespace.ts'
import type { Membership, User } from '#lib/domain/user.ts'
import type { MemberActions } from './member-actions.ts'
import { MembersPanel } from './members-panel.tsx'
import { NamespacesPanel } from './namespaces-panel.tsx'
import { PeoplePanel } from './people-panel.tsx'

interface MembersPageProps {
  members: readonly Membership[]
  /** What only organization admins see and change; null for others. */
  organization: { users: readonly User[]; namespaces: readonly Namespace[]; hasSingleSignOn: boolean } | null
  myUserId: string
  actions: MemberActions
}

/** Who may do what in this namespace; for organization admins also everybody, and the namespaces. */
export function MembersPage({ members, organization, myUserId, actions }: MembersPageProps) {
  const { name: namespace } = useNamespace()
  return (
    <>
      <PageHeader
        title="Members"
        description={`Who works in namespace ${namespace}. Organization admins may do everything here without being members.`}
      />
      <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <MembersPanel members={members} users={organization?.users ?? null} actions={actions} />
        {organization ? (
          <>
            <PeoplePanel
              users={organization.users}
              hasSingleSignOn={organization.hasSingleSignOn}
              myUserId={myUserId}
              actions={actions}
            />
            <NamespacesPanel namespaces={organization.namespaces} actions={actions} />
          </>
        ) : null}
      </Box>
    </>
  )
}
