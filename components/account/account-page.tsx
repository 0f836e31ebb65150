'use client'

import Box from '@mui/material/Box'
import Typography from '@mui/material/Typography'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { BackIcon } from '#components/ui/icons.ts'
import { Wordmark } from '#components/ui/mark.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import type { Session, User } from '#lib/domain/user.ts'
import type { AccountActions } from './account-actions.ts'
import { NamePanel } from './name-panel.tsx'
import { PasswordPanel } from './password-panel.tsx'
import { SessionsPanel } from './sessions-panel.tsx'
import { SingleSignOnPanel } from './single-sign-on-panel.tsx'

interface AccountPageProps {
  person: Pick<User, 'name' | 'email'> & { hasPassword: boolean; hasSingleSignOn: boolean }
  mustChangePassword: boolean
  sessions: readonly Session[]
  /** Null where none is set up. */
  singleSignOnName: string | null
  /** Why linking was refused. */
  failure: string | null
  actions: AccountActions
}

/** One's own account: password, sessions, single sign-on. */
export function AccountPage(props: AccountPageProps) {
  const { person, mustChangePassword, sessions, singleSignOnName, failure, actions } = props
  return (
    <Box component="main" sx={{ maxWidth: 720, mx: 'auto', px: { xs: 2, sm: 3 }, pt: 3, pb: 8 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', mb: 4 }}>
        <Wordmark />
        {mustChangePassword ? null : (
          <ButtonLink href="/" variant="text" startIcon={<BackIcon aria-hidden />}>
            Back to the console
          </ButtonLink>
        )}
      </Box>
      <PageHeader
        title={mustChangePassword ? 'Choose a password of your own' : person.name}
        description={
          mustChangePassword
            ? 'The one you signed in with was made for you. Change it, and the console is yours.'
            : person.email
        }
      />
      <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        {failure ? <ErrorPanel failure={{ message: failure }} title="The sign-on was not linked" /> : null}
        {mustChangePassword ? null : <NamePanel name={person.name} rename={actions.rename} />}
        <PasswordPanel
          hasPassword={person.hasPassword}
          mustChange={mustChangePassword}
          email={person.email}
          changePassword={actions.changePassword}
        />
        {mustChangePassword ? null : (
          <>
            {singleSignOnName === null ? null : (
              <SingleSignOnPanel
                name={singleSignOnName}
                isLinked={person.hasSingleSignOn}
                startLinking={actions.startLinking}
              />
            )}
            <SessionsPanel sessions={sessions} actions={actions} />
          </>
        )}
        <Typography variant="caption" sx={{ color: 'text.tertiary' }}>
          Your e-mail address is kept by the organization’s admins: it is what requests and the audit know you
          by.
        </Typography>
      </Box>
    </Box>
  )
}
