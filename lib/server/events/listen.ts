import { Client } from 'pg'
import { getSettings } from '../settings/settings.ts'
import { keepAlive } from '../database/database.ts'
import { getLog } from '../settings/log.ts'
import { channel, type Change } from './announce.ts'

interface Subscriber {
  onChanges: (changes: Change[]) => void
  onGap: () => void
}

interface Listening {
  subscribers: Set<Subscriber>
  client: Client | undefined
  retry: NodeJS.Timeout | undefined
  isConnecting: boolean
  failures: number
}

const slowestRetryMilliseconds = 5_000

// Next's bundle and server.ts are two module instances in one process: they share one connection.
const shared = globalThis as typeof globalThis & { windlassListening?: Listening }

function getListening(): Listening {
  shared.windlassListening ??= {
    subscribers: new Set(),
    client: undefined,
    retry: undefined,
    isConnecting: false,
    failures: 0,
  }
  return shared.windlassListening
}

/**
 * Hears what `announce` tells, from every process, over one connection a process. It reconnects by itself; then
 * `onGap` is called, because anything may have changed unheard. Announcements can be lost: whoever must not miss one
 * polls besides. The answer ends the subscription.
 */
export function subscribe(onChanges: (changes: Change[]) => void, onGap: () => void = () => {}): () => void {
  const listening = getListening()
  const subscriber = { onChanges, onGap }
  listening.subscribers.add(subscriber)
  if (!listening.client && !listening.isConnecting && !listening.retry) void connect(listening)
  return () => listening.subscribers.delete(subscriber)
}

/** Ends the connection and forgets every subscriber. */
export async function stopListening(): Promise<void> {
  const listening = shared.windlassListening
  if (!listening) return
  delete shared.windlassListening
  listening.subscribers.clear()
  clearTimeout(listening.retry)
  await listening.client?.end().catch(() => {})
}

async function connect(listening: Listening): Promise<void> {
  const isCurrent = () => shared.windlassListening === listening
  listening.retry = undefined
  listening.isConnecting = true
  const { DATABASE_URL, DATABASE_URL_DIRECT } = getSettings()
  const client = new Client({
    // A pooler in transaction mode swallows LISTEN: the direct address goes round it.
    connectionString: DATABASE_URL_DIRECT ?? DATABASE_URL,
    connectionTimeoutMillis: 5_000,
    ...keepAlive,
    application_name: 'windlass listening',
  })
  let isOver = false
  const fail = (reason?: Error) => {
    if (isOver) return
    isOver = true
    client.removeAllListeners('notification')
    client.end().catch(() => {})
    if (!isCurrent()) return
    listening.client = undefined
    listening.isConnecting = false
    listening.failures += 1
    const wait = Math.min(slowestRetryMilliseconds, 100 * 2 ** Math.min(listening.failures, 6))
    getLog().warn({ error: reason?.message ?? 'connection ended', retryMilliseconds: wait }, 'not listening')
    listening.retry = setTimeout(() => void connect(listening), wait * (0.75 + Math.random() / 2))
    listening.retry.unref()
  }
  client.on('error', fail)
  client.on('end', () => fail())
  client.on('notification', ({ payload }) => deliver(listening, payload))
  try {
    await client.connect()
    await client.query(`listen ${channel}`)
  } catch (error) {
    fail(error instanceof Error ? error : new Error(String(error)))
    return
  }
  if (isOver || !isCurrent()) {
    isOver = true
    await client.end().catch(() => {})
    return
  }
  listening.client = client
  listening.isConnecting = false
  listening.failures = 0
  for (const subscriber of listening.subscribers) guard(subscriber.onGap)
}

function deliver(listening: Listening, payload: string | undefined): void {
  if (payload === undefined) return
  const changes = JSON.parse(payload) as Change[]
  for (const subscriber of listening.subscribers) guard(() => subscriber.onChanges(changes))
}

/** One subscriber's mistake must not keep the others from hearing. */
function guard(call: () => void): void {
  try {
    call()
  } catch (error) {
    getLog().error({ err: error }, 'a listener failed')
  }
}
