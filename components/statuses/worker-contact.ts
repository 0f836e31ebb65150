export type WorkerContact = 'connected' | 'silent' | 'never'

/**
 * A worker in mode `once` comes once a minute, and a daemon is never quiet for longer than it holds a request open:
 * two rounds and a half without a word is silence.
 */
const silentAfterMilliseconds = 150_000

export function contactOf(workerLastSeen: string | null, now: number): WorkerContact {
  if (workerLastSeen === null) return 'never'
  return now - Date.parse(workerLastSeen) > silentAfterMilliseconds ? 'silent' : 'connected'
}
