import type { ConsoleClient } from '#lib/protocol/client.ts'
import { ConsoleError } from '#lib/protocol/client-error.ts'
import type { LeasedItem } from '#lib/protocol/messages.ts'
import type { ItemContext } from './items/context.ts'
import { finishItem } from './items/finish-item.ts'
import { createProgressReporter } from './items/progress.ts'
import { runItem } from './items/run-item.ts'
import type { KubernetesClient } from './kubernetes/client.ts'
import { HeldLease } from './lease.ts'
import type { Log } from './log.ts'
import type { OwnNames } from './policy.ts'

export interface WorkSettings {
  client: ConsoleClient
  kubernetes: KubernetesClient
  clusterName: string
  concurrency: number
  rolloutTimeoutMilliseconds: number
  ownNames: OwnNames
  log: Log
}

const releaseTimeoutMilliseconds = 1500
const stopFinishMilliseconds = 1500

interface Running {
  requestId: string
  lease: HeldLease
  installationId: string
  end: Promise<void>
}

/** The items this process works on, side by side. The claim loop adds, the renew loop renews, the observe loop steps aside. */
export class Work {
  readonly #settings: WorkSettings
  /** By lease token: a lost lease may still be ending while the same item runs under a new one. */
  readonly #running = new Map<string, Running>()
  /** `performance.now()` when an installation's last item ended here. */
  readonly #endedAt = new Map<string, number>()
  #wake: (() => void)[] = []
  #completed = 0
  readonly #stopping = new AbortController()
  /** Aborts a little after #stopping: the end of an item that is being told is told to the end. */
  readonly #finishing = new AbortController()

  constructor(settings: WorkSettings) {
    this.#settings = settings
  }

  /** Items whose end, good or bad, the console has taken. */
  get completed(): number {
    return this.#completed
  }

  get count(): number {
    return this.#running.size
  }

  get freeSlots(): number {
    return Math.max(0, this.#settings.concurrency - this.#running.size)
  }

  get leases(): { requestId: string; lease: HeldLease }[] {
    return [...this.#running.values()]
  }

  /** True when an item of the installation runs, or ended after that moment: what was seen then may be out of date. */
  wasBusySince(installationId: string, moment: number): boolean {
    return (
      (this.#endedAt.get(installationId) ?? -Infinity) >= moment ||
      [...this.#running.values()].some((running) => running.installationId === installationId)
    )
  }

  /** Begins an item whose lease counts from `since`. One that is running already (a repeated claim) goes on as it is. */
  start(item: LeasedItem, since: number): void {
    if (this.#running.has(item.lease.token) || this.#stopping.signal.aborted) return
    const lease = new HeldLease(item.lease, since)
    const { installationId } = item.ownership
    const end = this.#run(item, lease)
      .catch((error: unknown) => {
        this.#settings.log.error(`Item ${item.requestId}: ${error instanceof Error ? error.name : 'fault'}`)
      })
      .finally(() => {
        lease.release()
        this.#running.delete(item.lease.token)
        this.#endedAt.set(installationId, performance.now())
        this.#notify()
      })
    this.#running.set(item.lease.token, { requestId: item.requestId, lease, installationId, end })
    this.#notify()
  }

  /** Resolves when an item begins or ends, or the signal aborts. */
  async changed(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return
    await new Promise<void>((resolve) => {
      const wake = () => {
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      this.#wake.push(wake)
      signal?.addEventListener('abort', wake, { once: true })
    })
  }

  /**
   * Writing stops at once, and what is unfinished is given back for the next claim. Resolves when nothing runs any more;
   * a console that cannot be told finds out when the leases end.
   */
  async stop(): Promise<void> {
    this.#stopping.abort()
    setTimeout(() => this.#finishing.abort(), stopFinishMilliseconds).unref()
    const running = [...this.#running.values()]
    for (const { lease } of running) lease.lose('The worker is stopping.')
    await Promise.all(running.map(({ end }) => end))
    if (running.length === 0) return
    const { client, clusterName, log } = this.#settings
    const leases = running.map(({ requestId, lease }) => ({ requestId, token: lease.token }))
    try {
      await client.release({ clusterName, leases }, AbortSignal.timeout(releaseTimeoutMilliseconds))
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error
      log.warn(`The unfinished items could not be given back: ${error.message}`)
    }
  }

  #notify(): void {
    const waiting = this.#wake
    this.#wake = []
    for (const resolve of waiting) resolve()
  }

  async #run(item: LeasedItem, lease: HeldLease): Promise<void> {
    const { client, clusterName, log } = this.#settings
    const what = `${item.operation} of ${item.installationName} (revision ${item.revision}) in namespace ${item.k8sNamespace}`
    const held = { clusterName, requestId: item.requestId, leaseToken: lease.token }
    log.info(
      `Started ${what}, item ${item.requestId}${item.attempts > 0 ? `, attempt ${item.attempts + 1}` : ''}`,
    )
    const startedAt = performance.now()
    const progress = createProgressReporter(async (progress, observed, signal) => {
      try {
        await client.progress({ ...held, progress, ...(observed ? { observed } : {}) }, signal)
      } catch (error) {
        if (error instanceof ConsoleError && error.kind === 'staleLease') lease.lose(error.message)
        throw error
      }
    })
    const context: ItemContext = {
      item,
      lease,
      progress,
      log,
      ownNames: this.#settings.ownNames,
      rolloutTimeoutMilliseconds: this.#settings.rolloutTimeoutMilliseconds,
      kubernetes: this.#settings.kubernetes.guardedBy({
        signal: lease.signal,
        assertMayWrite: () => lease.assertHeld(),
        remainingMilliseconds: () => lease.remainingMilliseconds,
      }),
      fetchContent: (sha256) =>
        client.fetchContent({ requestId: item.requestId, leaseToken: lease.token, sha256 }, lease.signal),
    }
    const end = await runItem(context)
    await progress.close()
    if (end === null) {
      const reason: unknown = lease.signal.reason
      log.warn(`Gave up ${what}: ${reason instanceof Error ? reason.message : 'the lease is lost'}`)
      return
    }
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    if (end.outcome.status === 'SUCCEEDED') log.info(`Succeeded ${what} after ${seconds} s`)
    else log.warn(`${end.outcome.status} ${what}: ${end.outcome.error.message}`)
    const isTaken = await finishItem(
      { client, clusterName, log, stopping: this.#stopping.signal, finishing: this.#finishing.signal },
      { requestId: item.requestId, lease, end },
    )
    if (isTaken) this.#completed += 1
  }
}
