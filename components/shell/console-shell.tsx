'use client'

import Box from '@mui/material/Box'
import NextLink from 'next/link'
import type { ReactNode } from 'react'
import { AppShell } from '#components/ui/app-shell.tsx'
import {
  ClusterIcon,
  DocumentIcon,
  ImageIcon,
  MembersIcon,
  TokenIcon,
  VideoIcon,
  WorkitemsIcon,
} from '#components/ui/icons.ts'
import { Wordmark } from '#components/ui/mark.tsx'
import { NavList, type NavGroup } from '#components/ui/nav-list.tsx'
import { SchemeSwitch } from '#components/ui/scheme-switch.tsx'
import { addresses } from '#lib/domain/addresses.ts'
import type { Namespace } from '#lib/domain/namespace.ts'
import { LiveEvents } from '#lib/queries/live-events.tsx'
import { AccountMenu } from './account-menu.tsx'
import { LiveBadge } from './live-badge.tsx'
import { NamespaceProvider, type NamespaceView } from './namespace-context.tsx'
import { NamespaceSwitch } from './namespace-switch.tsx'

interface ConsoleShellProps {
  namespace: NamespaceView
  namespaces: readonly Namespace[]
  person: { name: string; email: string }
  signOut: () => Promise<void>
  children: ReactNode
}

/** The frame of every page in a namespace. */
export function ConsoleShell({ namespace, namespaces, person, signOut, children }: ConsoleShellProps) {
  const brand = (
    <Box
      component={NextLink}
      href={addresses.clusters(namespace.name)}
      aria-label="Windlass"
      sx={{ color: 'text.primary', textDecoration: 'none', display: 'inline-flex', borderRadius: '4px' }}
    >
      <Wordmark />
    </Box>
  )
  return (
    <NamespaceProvider value={namespace}>
      <LiveEvents namespace={namespace.name}>
        <AppShell
          brand={brand}
          barEnd={<LiveBadge />}
          sidebar={
            <>
              <NamespaceSwitch current={namespace.name} namespaces={namespaces} />
              <NavList label="Main" groups={navigation(namespace)} />
              <Box
                sx={{
                  pl: 2.25,
                  pr: 1.25,
                  pb: 0.75,
                  display: 'flex',
                  justifyContent: 'space-between',
                  alignItems: 'center',
                }}
              >
                <LiveBadge />
                <SchemeSwitch />
              </Box>
              <Box sx={{ borderTop: 1, borderColor: 'divider', p: 1, display: 'flex' }}>
                <AccountMenu name={person.name} email={person.email} signOut={signOut} />
              </Box>
            </>
          }
        >
          {children}
        </AppShell>
      </LiveEvents>
    </NamespaceProvider>
  )
}

function navigation({ name, role }: NamespaceView): NavGroup[] {
  // The role `user` may sign in and see nothing of the clusters: what would be refused is not offered.
  if (role === 'user') return []
  return [
    {
      label: 'Deploy',
      items: [
        { label: 'Clusters', href: addresses.clusters(name), icon: ClusterIcon },
        { label: 'Workitems', href: addresses.workitems(name), icon: WorkitemsIcon },
      ],
    },
    {
      label: 'Library',
      items: [
        { label: 'Documents', href: addresses.library(name, 'documents'), icon: DocumentIcon },
        { label: 'Images', href: addresses.library(name, 'images'), icon: ImageIcon },
        { label: 'Videos', href: addresses.library(name, 'videos'), icon: VideoIcon },
      ],
    },
    ...(role === 'admin'
      ? [
          {
            label: 'Settings',
            items: [
              { label: 'Members', href: addresses.members(name), icon: MembersIcon },
              { label: 'Tokens', href: addresses.tokens(name), icon: TokenIcon },
            ],
          },
        ]
      : []),
  ]
}
