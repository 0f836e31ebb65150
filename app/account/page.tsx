import type { Metadata } from 'next'
import { AccountPage } from '#components/account/account-page.tsx'
import { describeSignInError } from '#lib/domain/sign-in.ts'
import { requireSession } from '#lib/server/sessions/current-actor.ts'
import { listMySessions } from '#lib/server/sessions/list-mine.ts'
import { getSettings } from '#lib/server/settings/settings.ts'
import { getMe } from '#lib/server/users/get-me.ts'
import * as actions from './actions.ts'

export const metadata: Metadata = { title: 'Account' }

interface AccountProps {
  searchParams: Promise<{ error?: string | string[] }>
}

export default async function Account({ searchParams }: AccountProps) {
  const { actor, mustChangePassword } = await requireSession()
  const { error } = await searchParams
  const settings = getSettings()
  const [person, sessions] = await Promise.all([getMe(actor), listMySessions(actor)])
  return (
    <AccountPage
      person={person}
      mustChangePassword={mustChangePassword}
      sessions={sessions}
      singleSignOnName={settings.OIDC_ISSUER ? settings.OIDC_NAME : null}
      failure={typeof error === 'string' ? describeSignInError(error) : null}
      actions={{
        changePassword: actions.changePasswordAction,
        rename: actions.renameAction,
        endSession: actions.endSessionAction,
        signOutEverywhere: actions.signOutEverywhereAction,
        startLinking: actions.startLinkingAction,
      }}
    />
  )
}
