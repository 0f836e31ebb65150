import type { ConsoleClient } from '#lib/protocol/client.ts'
import { ConsoleError } from '#lib/protocol/client-error.ts'
import type { HeldLease } from '../lease.ts'
import type { Log } from '../log.ts'
import { backoffMilliseconds, wait } from '../waits.ts'
import type { ItemEnd } from './run-item.ts'

/** How long a finish is repeated after its lease ended: the console may only have been away, and the lease not reaped. */
const patienceMilliseconds = 60_000

/** Says how an item ended until the console has taken it (true), or says that it is somebody else's by now. */
export async function finishItem(
  settings: {
    client: ConsoleClient
    clusterName: string
    log: Log
    /** No more repeating. */
    stopping: AbortSignal
    /** Not even the call under way. */
    finishing: AbortSignal
  },
  { requestId, lease, end }: { requestId: string; lease: HeldLease; end: ItemEnd },
): Promise<boolean> {
  const { client, clusterName, log, stopping, finishing } = settings
  let giveUpAt = Infinity
  for (let attempt = 0; ; attempt += 1) {
    try {
      await client.finish({ clusterName, requestId, leaseToken: lease.token, ...end }, finishing)
      return true
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error
      if (lease.signal.aborted && giveUpAt === Infinity) {
        giveUpAt = performance.now() + patienceMilliseconds
      }
      if (!error.isTransient || performance.now() > giveUpAt || stopping.aborted) {
        log.warn(`The end of item ${requestId} was not taken: ${error.message}`)
        return false
      }
      const pause = backoffMilliseconds(attempt, {
        firstMilliseconds: 200,
        maximumMilliseconds: 5000,
        retryAfterSeconds: error.retryAfterSeconds,
      })
      await wait(pause, stopping)
    }
  }
}
