import { DomainError } from '#lib/domain/errors.ts'
import { reasonOf } from '../settings/describe-error.ts'
import { getLog } from '../settings/log.ts'
import type { UserActor } from '../access/actor.ts'
import { readInNamespace } from '../access/verb.ts'
import { findSession } from '../sessions/find-session.ts'
import type { Change } from './announce.ts'
import { subscribe } from './listen.ts'

/** How long somebody whose session or membership ended may still hear that something changed. */
const recheckMilliseconds = 2_000
const beatMilliseconds = 15_000

/**
 * The event stream of one namespace: which nouns changed, never what they are now. It ends when the request does, when
 * the session ends, or when the right to read is lost; what cannot be checked for a while is not taken as lost.
 */
export async function streamChanges(
  actor: UserActor,
  namespace: string,
  signal: AbortSignal,
): Promise<Response> {
  const namespaceId = await enter(actor, namespace)
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (event: string, value: unknown) =>
        controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(value)}\n\n`))
      const hear = (changes: Change[]) => {
        const nouns = changes.filter((change) => change.namespaceId === namespaceId).map(({ noun }) => noun)
        if (nouns.length > 0) send('changes', [...new Set(nouns)])
      }
      // After a gap anything may have changed; ready is what makes the page look at everything again.
      const unsubscribe = subscribe(hear, () => send('ready', null))
      const beat = setInterval(() => send('beat', null), beatMilliseconds)
      const recheck = setInterval(() => void endUnlessWelcome(), recheckMilliseconds)
      let isOver = false
      const end = () => {
        if (isOver) return
        isOver = true
        clearInterval(beat)
        clearInterval(recheck)
        unsubscribe()
        controller.close()
      }
      const endUnlessWelcome = async () => {
        try {
          if (!(await mayStay(actor, namespace))) end()
        } catch (error) {
          getLog().warn({ error: reasonOf(error) }, 'a stream could not be checked')
        }
      }
      signal.addEventListener('abort', end, { once: true })
      if (signal.aborted) end()
      else send('ready', null)
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      // nginx would gather the events.
      'x-accel-buffering': 'no',
    },
  })
}

const enter = (actor: UserActor, namespace: string): Promise<string> =>
  readInNamespace(actor, namespace, 'read', (scope) => Promise.resolve(scope.namespaceId))

async function mayStay(actor: UserActor, namespace: string): Promise<boolean> {
  const session = await findSession(actor.sessionId)
  if (!session || session.mustChangePassword) return false
  return enter(session.actor, namespace).then(
    () => true,
    (error: unknown) => {
      if (error instanceof DomainError) return false
      throw error
    },
  )
}
