import type { Metadata } from 'next'
import { MembersPage } from '#components/settings/members-page.tsx'
import { listMembers } from '#lib/server/memberships/list.ts'
import { listMyNamespaces } from '#lib/server/namespaces/list-mine.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'
import { getSettings } from '#lib/server/settings/settings.ts'
import { listUsers } from '#lib/server/users/list.ts'
import { readForPage } from '../../../../show-page.ts'
import * as actions from './actions.ts'

export const metadata: Metadata = { title: 'Members' }

export default async function Members({ params }: { params: Promise<{ namespace: string }> }) {
  const namespace = decodeURIComponent((await params).namespace)
  const actor = await requireActor()
  const members = await readForPage(listMembers(actor, namespace))
  const organization = actor.isOrganizationAdmin
    ? {
        users: await listUsers(actor),
        namespaces: await listMyNamespaces(actor),
        hasSingleSignOn: getSettings().OIDC_ISSUER !== undefined,
      }
    : null
  return (
    <MembersPage
      members={members}
      organization={organization}
      myUserId={actor.userId}
      actions={{
        setMembership: actions.setMembershipAction,
        removeMembership: actions.removeMembershipAction,
        createUser: actions.createUserAction,
        resetPassword: actions.resetPasswordAction,
        setOrganizationAdmin: actions.setOrganizationAdminAction,
        setDisabled: actions.setDisabledAction,
        createNamespace: actions.createNamespaceAction,
      }}
    />
  )
}
