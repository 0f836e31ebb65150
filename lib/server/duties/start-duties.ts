import { setTimeout as wait } from 'node:timers/promises'
import { reasonOf } from '../settings/describe-error.ts'
import { getLog } from '../settings/log.ts'
import { removeUnusedContents } from '../library/remove-unused-contents.ts'
import { removeExpiredSessions } from '../sessions/remove-expired-sessions.ts'
import { reapExpiredLeases } from '../workitems/reap.ts'

interface Duty {
  name: string
  everyMilliseconds: number
  perform: () => Promise<unknown>
}

/** What a console does by the clock. Each duty may run in any number of processes at once. */
const duties: readonly Duty[] = [
  { name: 'reap expired leases', everyMilliseconds: 1_000, perform: reapExpiredLeases },
  { name: 'remove unused contents', everyMilliseconds: 10 * 60_000, perform: removeUnusedContents },
  { name: 'remove expired sessions', everyMilliseconds: 60 * 60_000, perform: removeExpiredSessions },
]

/** Starts the duties of this process; `stop` resolves when none is under way. */
export function startDuties(): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const running = duties.map((duty) => repeat(duty, stopping.signal))
  return {
    async stop() {
      stopping.abort()
      await Promise.all(running)
    },
  }
}

async function repeat({ name, everyMilliseconds, perform }: Duty, signal: AbortSignal): Promise<void> {
  let isFailing = false
  while (!signal.aborted) {
    try {
      await perform()
      if (isFailing) getLog().info({ duty: name }, 'a duty works again')
      isFailing = false
    } catch (error) {
      if (!isFailing)
        getLog().warn({ duty: name, error: reasonOf(error) }, 'a duty failed; it is tried again')
      isFailing = true
    }
    // Jitter keeps the processes of one database from moving in step.
    const pause = everyMilliseconds * (0.75 + Math.random() / 2)
    await wait(pause, undefined, { signal, ref: false }).catch(() => {})
  }
}
