import { redirect } from 'next/navigation'
import { NoNamespace } from '#components/shell/no-namespace.tsx'
import { addresses } from '#lib/domain/addresses.ts'
import { listMyNamespaces } from '#lib/server/namespaces/list-mine.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'
import { findLastNamespace } from '#lib/server/sessions/last-namespace.ts'
import { signOut } from './session-actions.ts'

export default async function Home() {
  const actor = await requireActor()
  const [namespaces, last] = await Promise.all([listMyNamespaces(actor), findLastNamespace(actor)])
  const namespace = namespaces.find((mine) => mine.name === last) ?? namespaces[0]
  if (namespace) redirect(addresses.clusters(namespace.name))
  return <NoNamespace email={actor.email} signOut={signOut} />
}
