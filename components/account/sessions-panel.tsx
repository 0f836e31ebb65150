'use client'

import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import { useRouter } from 'next/navigation'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { useAction } from '#components/ui/use-action.ts'
import type { Session } from '#lib/domain/user.ts'
import type { AccountActions } from './account-actions.ts'
import { describeBrowser } from './describe-browser.ts'

interface SessionsPanelProps {
  sessions: readonly Session[]
  actions: AccountActions
}

/** Where one is signed in. */
export function SessionsPanel({ sessions, actions }: SessionsPanelProps) {
  const router = useRouter()
  const { run, isBusy, failure } = useAction()
  return (
    <Panel
      title="Sessions"
      isFlush
      actions={
        <Button size="small" onClick={() => void actions.signOutEverywhere()}>
          Sign out everywhere
        </Button>
      }
    >
      {failure ? (
        <Box sx={{ p: 1.5 }}>
          <ErrorPanel failure={failure} />
        </Box>
      ) : null}
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {sessions.map((session) => (
          <Box
            component="li"
            key={session.key}
            sx={{
              display: 'flex',
              alignItems: 'center',
              gap: 2,
              px: 2,
              py: 1.25,
              fontSize: '0.8125rem',
              '&:not(:first-of-type)': { borderTop: 1, borderColor: 'divider' },
            }}
          >
            <Box sx={{ flex: 1, minWidth: 0 }}>
              <Box sx={{ fontWeight: 500 }}>
                {describeBrowser(session.userAgent)}
                {session.isCurrent ? ' · this one' : ''}
              </Box>
              <Box sx={{ color: 'text.tertiary', fontSize: '0.75rem' }}>
                last seen <RelativeTime at={session.lastSeenAt} />, signed in{' '}
                <RelativeTime at={session.createdAt} />
              </Box>
            </Box>
            {session.isCurrent ? null : (
              <Button
                size="small"
                disabled={isBusy}
                aria-label={`Sign out ${describeBrowser(session.userAgent)}`}
                onClick={() =>
                  void run(
                    () => actions.endSession(session.key),
                    () => router.refresh(),
                  )
                }
              >
                Sign out
              </Button>
            )}
          </Box>
        ))}
      </Box>
    </Panel>
  )
}
