import type { ObservedState } from '#lib/domain/installation.ts'
import type { WorkitemProgress } from '#lib/domain/workitem.ts'
import { same } from '../kubernetes/owned-fields.ts'
import { wait } from '../waits.ts'

export interface ProgressReporter {
  /** What is true now. Sent soon, the latest only; never waits for the console. */
  report(progress: WorkitemProgress, observed?: ObservedState): void
  /** After it nothing is sent any more: a late report must not follow the finish. */
  close(): Promise<void>
}

const intervalMilliseconds = 500

/** Sends at most one report at a time and about two a second. A report that fails is not missed: the next one says more. */
export function createProgressReporter(
  send: (
    progress: WorkitemProgress,
    observed: ObservedState | undefined,
    signal: AbortSignal,
  ) => Promise<void>,
): ProgressReporter {
  const closing = new AbortController()
  let latest: { progress: WorkitemProgress; observed: ObservedState | undefined } | null = null
  let sent: unknown = null
  let sending: Promise<void> | null = null

  async function drain(): Promise<void> {
    while (latest && !closing.signal.aborted) {
      const next = latest
      latest = null
      if (same(next, sent)) continue
      try {
        await send(next.progress, next.observed, closing.signal)
        sent = next
      } catch {
        // The lease's own loop judges whether the console still wants this item.
      }
      await wait(intervalMilliseconds, closing.signal)
    }
    sending = null
  }

  return {
    report(progress, observed) {
      if (closing.signal.aborted) return
      latest = { progress, observed }
      sending ??= drain()
    },
    async close() {
      closing.abort()
      await sending
    },
  }
}
