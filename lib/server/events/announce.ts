import { reasonOf } from '../settings/describe-error.ts'
import { getLog } from '../settings/log.ts'
import { getPool } from '../database/database.ts'

/** What changed, for the pages and waiting workers of every process. Names and ids only, never values. */
export interface Change {
  namespaceId: string
  noun: 'cluster' | 'installation' | 'workitem' | 'library' | 'token' | 'member'
  /** The cluster whose workers may have something to claim. */
  wakeClusterId?: string
}

export const channel = 'windlass'
const gatherMilliseconds = 5
/** NOTIFY takes 8,000 bytes. */
const changesPerNotification = 50

let gathered = new Map<string, Change>()
let timer: NodeJS.Timeout | undefined

/**
 * Tells all processes, after the commit and outside of any transaction (a NOTIFY inside one serialises commits).
 * Announcements made within a few milliseconds go out as one. One that is lost costs time, nothing else: whoever
 * listens also polls.
 */
export function announce(change: Change): void {
  gathered.set(JSON.stringify(change), change)
  timer ??= setTimeout(() => void send(), gatherMilliseconds)
}

async function send(): Promise<void> {
  timer = undefined
  const changes = [...gathered.values()]
  gathered = new Map()
  try {
    for (let start = 0; start < changes.length; start += changesPerNotification) {
      const payload = JSON.stringify(changes.slice(start, start + changesPerNotification))
      await getPool().query('select pg_notify($1, $2)', [channel, payload])
    }
  } catch (error) {
    getLog().warn({ error: reasonOf(error) }, 'an announcement was not sent')
  }
}
