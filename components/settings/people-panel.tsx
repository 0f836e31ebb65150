'use client'

import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ActionMenu, type MenuAction } from '#components/ui/action-menu.tsx'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { AddIcon } from '#components/ui/icons.ts'
import { Panel } from '#components/ui/panel.tsx'
import { PlainTable } from '#components/ui/plain-table.tsx'
import { useAction } from '#components/ui/use-action.ts'
import type { User } from '#lib/domain/user.ts'
import type { MemberActions } from './member-actions.ts'

const FormDialog = dynamic(() => import('#components/ui/form-dialog.tsx').then((part) => part.FormDialog), {
  ssr: false,
})
const NewUserForm = dynamic(() => import('./new-user-form.tsx').then((part) => part.NewUserForm), {
  ssr: false,
})
const ShownOnceDialog = dynamic(
  () => import('./shown-once-dialog.tsx').then((part) => part.ShownOnceDialog),
  {
    ssr: false,
  },
)

interface PeoplePanelProps {
  users: readonly User[]
  hasSingleSignOn: boolean
  myUserId: string
  actions: MemberActions
}

/** Everybody of the organization. */
export function PeoplePanel({ users, hasSingleSignOn, myUserId, actions }: PeoplePanelProps) {
  const router = useRouter()
  const { run, isBusy, failure } = useAction()
  const [isAdding, setIsAdding] = useState(false)
  const [password, setPassword] = useState<{ of: string; value: string } | null>(null)
  const refresh = () => router.refresh()

  const menuOf = (user: User): MenuAction[] => [
    {
      label: user.isOrganizationAdmin ? 'No longer organization admin' : 'Make organization admin',
      onSelect: () =>
        void run(() => actions.setOrganizationAdmin(user._id, !user.isOrganizationAdmin), refresh),
    },
    ...(user._id === myUserId
      ? []
      : [
          {
            label: 'Reset password',
            onSelect: () =>
              void run(
                () => actions.resetPassword(user._id),
                ({ initialPassword }) => {
                  setPassword({ of: user.name, value: initialPassword })
                  refresh()
                },
              ),
          },
          {
            label: user.disabledAt ? 'Enable' : 'Disable',
            isDestructive: user.disabledAt === null,
            startsGroup: true,
            onSelect: () => void run(() => actions.setDisabled(user._id, user.disabledAt === null), refresh),
          },
        ]),
  ]

  return (
    <Panel
      title="People of the organization"
      isFlush
      actions={
        <Button size="small" startIcon={<AddIcon aria-hidden />} onClick={() => setIsAdding(true)}>
          New person
        </Button>
      }
    >
      {failure ? (
        <Box sx={{ p: 1.5 }}>
          <ErrorPanel failure={failure} />
        </Box>
      ) : null}
      <PlainTable
        label="People"
        rows={users}
        keyOf={(user) => user._id}
        columns={[
          {
            key: 'name',
            label: 'Name',
            render: (user) => (
              <Box sx={user.disabledAt ? { color: 'text.tertiary' } : {}}>
                {user.name}
                {user._id === myUserId ? ' (you)' : ''}
              </Box>
            ),
          },
          { key: 'email', label: 'E-mail', from: 'sm', render: (user) => user.email },
          { key: 'rights', label: 'Rights', render: describeUser },
          {
            key: 'menu',
            label: 'Actions',
            isLabelHidden: true,
            align: 'right',
            render: (user) =>
              isBusy ? null : <ActionMenu label={`Actions of ${user.name}`} actions={menuOf(user)} />,
          },
        ]}
      />
      {isAdding ? (
        <FormDialog title="New person" isOpen onClose={() => setIsAdding(false)}>
          <NewUserForm
            hasSingleSignOn={hasSingleSignOn}
            createUser={actions.createUser}
            onClose={() => setIsAdding(false)}
            onDone={(user) => {
              if (user.initialPassword !== null) setPassword({ of: user.name, value: user.initialPassword })
              refresh()
            }}
          />
        </FormDialog>
      ) : null}
      {password ? (
        <ShownOnceDialog
          title={`Initial password of ${password?.of ?? ''}`}
          label="initial password"
          value={password?.value ?? null}
          onClose={() => setPassword(null)}
        >
          It is shown this once. At the first sign-in it has to be changed.
        </ShownOnceDialog>
      ) : null}
    </Panel>
  )
}

function describeUser(user: User): string {
  const facts = [
    user.isOrganizationAdmin ? 'Organization admin' : 'By membership',
    user.disabledAt ? 'disabled' : null,
    user.mustChangePassword ? 'must change password' : null,
    user.hasSingleSignOn ? 'single sign-on' : null,
  ]
  return facts.filter((fact) => fact !== null).join(' · ')
}
