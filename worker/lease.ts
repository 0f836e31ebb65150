import type { Lease } from '#lib/protocol/messages.ts'

/** The item is no longer this worker's: nothing may be written for it any more, nor finished. */
export class LeaseLost extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'LeaseLost'
  }
}

/**
 * A lease as this process holds it, on the monotonic clock: a wall clock that jumps changes nothing. It ends here a
 * margin before it ends at the console, so that a write already under way is over when somebody else may begin.
 */
export class HeldLease {
  readonly token: string
  readonly number: number
  /** Aborts when writing must stop; its reason is a LeaseLost. */
  readonly signal: AbortSignal
  #endsAt = 0
  #lengthMilliseconds = 0
  readonly #controller = new AbortController()
  #timer: NodeJS.Timeout | undefined

  /** `since`: the `performance.now()` from which `remainingMilliseconds` counts. */
  constructor(lease: Lease, since: number) {
    this.token = lease.token
    this.number = lease.number
    this.signal = this.#controller.signal
    this.extend(lease.remainingMilliseconds, since)
  }

  extend(remainingMilliseconds: number, since: number): void {
    if (this.signal.aborted) return
    const margin = Math.min(5000, remainingMilliseconds / 5)
    this.#lengthMilliseconds = remainingMilliseconds
    this.#endsAt = since + remainingMilliseconds - margin
    clearTimeout(this.#timer)
    this.#timer = setTimeout(
      () => this.lose('The lease could not be renewed in time.'),
      Math.max(0, this.#endsAt - performance.now()),
    )
    this.#timer.unref()
  }

  /** How long a renewal may take to be due: a third of what was last granted. */
  get renewAfterMilliseconds(): number {
    return this.#lengthMilliseconds / 3
  }

  get remainingMilliseconds(): number {
    return this.signal.aborted ? 0 : Math.max(0, this.#endsAt - performance.now())
  }

  /** To be called before every write. A timer alone would not do: a paused process wakes before its timers run. */
  assertHeld(): void {
    if (!this.signal.aborted && performance.now() >= this.#endsAt) {
      this.lose('The lease could not be renewed in time.')
    }
    if (this.signal.aborted) throw this.signal.reason
  }

  lose(reason: string): void {
    clearTimeout(this.#timer)
    if (!this.signal.aborted) this.#controller.abort(new LeaseLost(reason))
  }

  /** The item is finished: no timer keeps running. */
  release(): void {
    clearTimeout(this.#timer)
  }
}
