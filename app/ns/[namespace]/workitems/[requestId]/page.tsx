import type { Metadata } from 'next'
import { WorkitemPage } from '#components/workitems/workitem-page.tsx'
import { DomainError } from '#lib/domain/errors.ts'
import { queries } from '#lib/queries/resources.ts'
import { requireActor } from '#lib/server/sessions/current-actor.ts'
import { getFinishedWorkitem } from '#lib/server/workitems/get-finished.ts'
import { getWorkitem } from '#lib/server/workitems/get.ts'
import { Hydrated } from '../../../../hydrated.tsx'
import { readForPage } from '../../../../show-page.ts'
import { workitemActions } from '../workitem-actions.ts'

export const metadata: Metadata = { title: 'Work item' }

interface ItemProps {
  params: Promise<{ namespace: string; requestId: string }>
}

export default async function Item({ params }: ItemProps) {
  const given = await params
  const [namespace, requestId] = [decodeURIComponent(given.namespace), decodeURIComponent(given.requestId)]
  const actor = await requireActor()
  // Looked for in the queue first: an item only ever moves from there to the history.
  const item = await readForPage(
    getWorkitem(actor, namespace, requestId).catch((error: unknown) => {
      if (error instanceof DomainError && error.httpStatus === 404) {
        return getFinishedWorkitem(actor, namespace, requestId)
      }
      throw error
    }),
  )
  return (
    <Hydrated known={[[queries.workitem(namespace, requestId).queryKey, item]]}>
      <WorkitemPage requestId={requestId} actions={workitemActions} />
    </Hydrated>
  )
}
