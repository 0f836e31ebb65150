import { randomUUID } from 'node:crypto'
import type { ConsoleClient } from '#lib/protocol/client.ts'
import { ConsoleError } from '#lib/protocol/client-error.ts'
import type { ClaimAnswer, WorkerDescription } from '#lib/protocol/messages.ts'
import type { Log } from '../log.ts'
import { backoffMilliseconds, wait } from '../waits.ts'
import type { Work } from '../work.ts'

export interface ClaimSettings {
  client: ConsoleClient
  describeWorker(): WorkerDescription
  clusterName: string
  work: Work
  log: Log
  /** The console's installations of this cluster, at every answer. */
  onInstallations(installations: ClaimAnswer['installations']): void
}

const longestPauseMilliseconds = 30_000
/** An answer this soon after its question needs no confirmation: its leases are counted from the question. */
const promptMilliseconds = 1000
/** How often a single run repeats a claim that got no answer, before it says so and ends. */
const onceMaximumAttempts = 3

/** Waits on an open request, for ever: the console answers within a moment once an item is there. */
export async function claimForever(settings: ClaimSettings, signal: AbortSignal): Promise<void> {
  const { work, log } = settings
  let claimId = randomUUID()
  let limit = 0
  let failures = 0
  // The first answer comes at once: it says what there is to observe.
  let waitSeconds = 0
  while (!signal.aborted) {
    if (work.freeSlots === 0) {
      await work.changed(signal)
      continue
    }
    // A claim is repeated word for word while its answer is outstanding.
    limit ||= work.freeSlots
    try {
      const { answer, leases } = await claim(settings, { claimId, limit, waitSeconds }, signal)
      if (failures > 0) log.info('The console answers again.')
      if (answer.items.length === 0) log.debug('No workItem available')
      for (const { item, since } of leases) work.start(item, since)
      claimId = randomUUID()
      limit = 0
      failures = 0
      waitSeconds = Math.round(25 + Math.random() * 25)
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error
      if (signal.aborted) return
      const pause = backoffMilliseconds(failures, {
        firstMilliseconds: error.isTransient ? 250 : 5000,
        maximumMilliseconds: longestPauseMilliseconds,
        retryAfterSeconds: error.retryAfterSeconds,
      })
      log.warn(`${error.message} Trying again in ${Math.ceil(pause / 1000)} s.`)
      failures += 1
      // A held answer would hide for most of a minute that the console is back.
      waitSeconds = 0
      await wait(pause, signal)
    }
  }
}

/** Empties the queue: claims until nothing waits and nothing runs. Throws the ConsoleError that stopped it. */
export async function claimUntilEmpty(settings: ClaimSettings, signal: AbortSignal): Promise<void> {
  const { work, log } = settings
  let claimId = randomUUID()
  let limit = 0
  let failures = 0
  while (!signal.aborted) {
    if (work.freeSlots === 0) {
      await work.changed(signal)
      continue
    }
    limit ||= work.freeSlots
    try {
      const { answer, leases } = await claim(settings, { claimId, limit, waitSeconds: 0 }, signal)
      for (const { item, since } of leases) work.start(item, since)
      claimId = randomUUID()
      limit = 0
      failures = 0
      if (answer.items.length > 0) continue
      log.info('No workItem available')
      if (work.count === 0) return
      // The end of an item may free the next one of its installation.
      await work.changed(signal)
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error
      if (signal.aborted) return
      failures += 1
      if (!error.isTransient || failures >= onceMaximumAttempts) {
        while (work.count > 0) await work.changed(signal)
        throw error
      }
      const pause = backoffMilliseconds(failures, {
        firstMilliseconds: 250,
        maximumMilliseconds: 5000,
        retryAfterSeconds: error.retryAfterSeconds,
      })
      log.warn(`${error.message} Trying again in ${Math.ceil(pause / 1000)} s.`)
      await wait(pause, signal)
    }
  }
}

interface Leased {
  item: ClaimAnswer['items'][number]
  /** `performance.now()` from which its lease counts. */
  since: number
}

async function claim(
  settings: ClaimSettings,
  request: { claimId: string; limit: number; waitSeconds: number },
  signal: AbortSignal,
): Promise<{ answer: ClaimAnswer; leases: Leased[] }> {
  const { client, clusterName } = settings
  const result = await client.claim({ worker: settings.describeWorker(), clusterName, ...request }, signal)
  settings.onInstallations(result.answer.installations)
  return { answer: result.answer, leases: await confirmLeases(settings, result, signal) }
}

/**
 * How old the leases of a held answer are, nobody can tell: it may have lain for long in a network, or before a process
 * that stood still, while another worker had the items and was done with them. So they are renewed before any is begun;
 * those that are gone are left out.
 */
async function confirmLeases(
  settings: ClaimSettings,
  { answer: { items }, askedAt }: { answer: ClaimAnswer; askedAt: number },
  signal: AbortSignal,
): Promise<Leased[]> {
  const { client, clusterName } = settings
  if (items.length === 0) return []
  if (performance.now() - askedAt < promptMilliseconds) return items.map((item) => ({ item, since: askedAt }))
  const leases = items.map(({ requestId, lease }) => ({ requestId, token: lease.token }))
  const confirmed = await client.renew(
    { workerId: settings.describeWorker().id, clusterName, leases },
    signal,
  )
  return items.flatMap((item) => {
    const granted = confirmed.answer.leases.find(({ requestId }) => requestId === item.requestId)
    if (!granted) return []
    const { remainingMilliseconds } = granted
    return [{ item: { ...item, lease: { ...item.lease, remainingMilliseconds } }, since: confirmed.askedAt }]
  })
}
