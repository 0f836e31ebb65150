import { answerError } from '#lib/server/rest/answer-error.ts'
import { streamChanges } from '#lib/server/events/stream-changes.ts'
import { currentActor } from '#lib/server/sessions/current-actor.ts'
import { DomainError } from '#lib/domain/errors.ts'

export async function GET(request: Request, { params }: { params: Promise<{ namespace: string }> }) {
  try {
    const actor = await currentActor()
    if (!actor) throw new DomainError('io.windlass.unauthenticated', 'Nobody is signed in.')
    const { namespace } = await params
    return await streamChanges(actor, decodeURIComponent(namespace), request.signal)
  } catch (error) {
    return answerError(error)
  }
}
