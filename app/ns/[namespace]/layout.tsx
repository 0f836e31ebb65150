import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { ConsoleShell } from '#components/shell/console-shell.tsx'
import { NoAccess } from '#components/shell/no-access.tsx'
import { roleAllows } from '#lib/domain/access.ts'
import { listMyNamespaces } from '#lib/server/namespaces/list-mine.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'
import { rememberNamespace } from '#lib/server/sessions/last-namespace.ts'
import { getSettings } from '#lib/server/settings/settings.ts'
import { signOut } from '../../session-actions.ts'

interface NamespaceLayoutProps {
  params: Promise<{ namespace: string }>
  children: ReactNode
}

export default async function NamespaceLayout({ params, children }: NamespaceLayoutProps) {
  const actor = await requireActor()
  const name = decodeURIComponent((await params).namespace)
  const namespaces = await listMyNamespaces(actor)
  const namespace = namespaces.find((mine) => mine.name === name)
  if (!namespace) notFound()
  await rememberNamespace(actor, name)
  const { role } = namespace
  return (
    <ConsoleShell
      namespace={{
        name,
        role,
        canChange: roleAllows(role, 'change'),
        delayedAfterSeconds: getSettings().DELAYED_AFTER_SECONDS,
      }}
      namespaces={namespaces}
      person={{ name: actor.name, email: actor.email }}
      signOut={signOut}
    >
      {roleAllows(role, 'read') ? children : <NoAccess namespace={name} />}
    </ConsoleShell>
  )
}
