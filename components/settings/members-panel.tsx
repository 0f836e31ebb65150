'use client'

import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import MenuItem from '@mui/material/MenuItem'
import Select from '@mui/material/Select'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { AddIcon, MembersIcon } from '#components/ui/icons.ts'
import { Panel } from '#components/ui/panel.tsx'
import { PlainTable } from '#components/ui/plain-table.tsx'
import { useAction } from '#components/ui/use-action.ts'
import type { Membership, User } from '#lib/domain/user.ts'
import type { MemberActions } from './member-actions.ts'
import { roleOptions, roleWords } from './role-words.ts'

const FormDialog = dynamic(() => import('#components/ui/form-dialog.tsx').then((part) => part.FormDialog), {
  ssr: false,
})
const AddMemberForm = dynamic(() => import('./add-member-form.tsx').then((part) => part.AddMemberForm), {
  ssr: false,
})

interface MembersPanelProps {
  members: readonly Membership[]
  /** Whom an organization admin may add; null for others, who only read. */
  users: readonly User[] | null
  actions: MemberActions
}

/** The members of this namespace and their roles. */
export function MembersPanel({ members, users, actions }: MembersPanelProps) {
  const { name: namespace } = useNamespace()
  const router = useRouter()
  const { run, isBusy, failure } = useAction()
  const [isAdding, setIsAdding] = useState(false)
  const isMember = new Set(members.map((member) => member.userId))
  const candidates = users?.filter((user) => !isMember.has(user._id) && user.disabledAt === null) ?? []
  return (
    <Panel
      title={`Members of ${namespace}`}
      isFlush
      actions={
        users ? (
          <Button
            size="small"
            startIcon={<AddIcon aria-hidden />}
            disabled={candidates.length === 0}
            onClick={() => setIsAdding(true)}
          >
            Add member
          </Button>
        ) : undefined
      }
    >
      {failure ? (
        <Box sx={{ p: 1.5 }}>
          <ErrorPanel failure={failure} />
        </Box>
      ) : null}
      {members.length === 0 ? (
        <EmptyState icon={<MembersIcon />} title="No members yet">
          {users
            ? 'Create people below and add them here. Organization admins need no membership.'
            : 'Only organization admins work here so far.'}
        </EmptyState>
      ) : (
        <PlainTable
          label="Members"
          rows={members}
          keyOf={(member) => member.userId}
          columns={[
            { key: 'name', label: 'Name', render: (member) => member.name },
            { key: 'email', label: 'E-mail', from: 'sm', render: (member) => member.email },
            {
              key: 'role',
              label: 'Role',
              render: (member) =>
                users ? (
                  <Select
                    size="small"
                    value={member.role}
                    disabled={isBusy}
                    onChange={(event) =>
                      void run(
                        () => actions.setMembership(namespace, member.userId, event.target.value),
                        () => router.refresh(),
                      )
                    }
                    SelectDisplayProps={{ 'aria-label': `Role of ${member.name}` }}
                    sx={{ fontSize: '0.8125rem', '& .MuiSelect-select': { py: '3px' } }}
                  >
                    {roleOptions.map((option) => (
                      <MenuItem key={option.value} value={option.value}>
                        {option.label}
                      </MenuItem>
                    ))}
                  </Select>
                ) : (
                  roleWords[member.role].label
                ),
            },
            ...(users
              ? [
                  {
                    key: 'remove',
                    label: 'Actions',
                    isLabelHidden: true,
                    align: 'right' as const,
                    render: (member: Membership) => (
                      <Button
                        size="small"
                        disabled={isBusy}
                        aria-label={`Remove ${member.name} from ${namespace}`}
                        onClick={() =>
                          void run(
                            () => actions.removeMembership(namespace, member.userId),
                            () => router.refresh(),
                          )
                        }
                      >
                        Remove
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {isAdding ? (
        <FormDialog title={`Add a member to ${namespace}`} isOpen onClose={() => setIsAdding(false)}>
          <AddMemberForm
            candidates={candidates}
            actions={actions}
            onClose={() => setIsAdding(false)}
            onDone={() => router.refresh()}
          />
        </FormDialog>
      ) : null}
    </Panel>
  )
}
