import type { ConsoleClient } from '#lib/protocol/client.ts'
import { ConsoleError } from '#lib/protocol/client-error.ts'
import type { Log } from '../log.ts'
import { jitter, wait } from '../waits.ts'
import type { Work } from '../work.ts'

const retryMilliseconds = 1000
const longestPauseMilliseconds = 20_000

/**
 * Keeps every held lease alive, all in one request, at a third of the shortest. A lease that the console no longer
 * grants is lost at once; one that cannot be renewed ends by itself, before it ends at the console.
 */
export async function renewForever(
  settings: { client: ConsoleClient; workerId: string; clusterName: string; work: Work; log: Log },
  signal: AbortSignal,
): Promise<void> {
  const { client, workerId, clusterName, work, log } = settings
  while (!signal.aborted) {
    const held = work.leases.filter(({ lease }) => !lease.signal.aborted)
    if (held.length === 0) {
      await work.changed(signal)
      continue
    }
    const due = Math.min(longestPauseMilliseconds, ...held.map(({ lease }) => lease.renewAfterMilliseconds))
    await waitOrWork(work, jitter(due), signal)
    const leases = work.leases.filter(({ lease }) => !lease.signal.aborted)
    if (signal.aborted || leases.length === 0) continue
    try {
      const { answer, askedAt } = await client.renew(
        {
          workerId,
          clusterName,
          leases: leases.map(({ requestId, lease }) => ({ requestId, token: lease.token })),
        },
        signal,
      )
      const granted = new Map(answer.leases.map((lease) => [lease.requestId, lease.remainingMilliseconds]))
      for (const { requestId, lease } of leases) {
        const remaining = granted.get(requestId)
        if (remaining === undefined) lease.lose('The console has given this item to another worker.')
        else lease.extend(remaining, askedAt)
      }
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error
      if (signal.aborted) return
      log.warn(`The leases of ${leases.length} items could not be renewed: ${error.message}`)
      await wait(jitter(retryMilliseconds), signal)
    }
  }
}

/** A wait that ends early when an item begins: its lease may be shorter than those the wait was measured for. */
async function waitOrWork(work: Work, milliseconds: number, signal: AbortSignal): Promise<void> {
  const over = new AbortController()
  const stop = () => over.abort()
  signal.addEventListener('abort', stop, { once: true })
  await Promise.race([wait(milliseconds, over.signal), work.changed(over.signal)])
  over.abort()
  signal.removeEventListener('abort', stop)
}
