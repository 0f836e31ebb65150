import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { Pool, type ClientBase, type PoolConfig } from 'pg'
import * as schema from '#drizzle/schema.ts'
import { getSettings } from '../settings/settings.ts'
import { reasonOf } from '../settings/describe-error.ts'
import { getLog } from '../settings/log.ts'

export type Database = NodePgDatabase<typeof schema>
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

interface Connected {
  pool: Pool
  database: Database
}

// Next's bundle and server.ts are two module instances in one process: they share one pool through globalThis.
const shared = globalThis as typeof globalThis & { windlassDatabase?: Connected }

/**
 * A server or a way to it that vanishes without a word is noticed within half a minute. Without the delay the system's
 * own counts: two hours on Linux.
 */
export const keepAlive = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 }

/** The pool waits for what `onConnect` promises, which its types leave out. */
type WaitingPoolConfig = Omit<PoolConfig, 'onConnect'> & {
  onConnect: (client: ClientBase) => Promise<void>
}

/**
 * Opens a pool of its own; the caller ends it. A console that dies inside a transaction must not keep others from its
 * rows until TCP notices, and who waits for a row must not hold a connection of the pool for ever.
 */
export function connectDatabase(
  connectionString: string,
  {
    maximumConnections = 10,
    lockTimeoutMilliseconds = 15_000,
    idleInTransactionMilliseconds = 60_000,
  }: {
    maximumConnections?: number
    lockTimeoutMilliseconds?: number
    idleInTransactionMilliseconds?: number
  } = {},
): Connected {
  const options: WaitingPoolConfig = {
    connectionString,
    max: maximumConnections,
    connectionTimeoutMillis: 5_000,
    ...keepAlive,
    application_name: 'windlass',
    // The pool waits for it; the event `connect` hands the client out beside the query, which pg will no longer allow.
    onConnect: (client) => prepareConnection(client, lockTimeoutMilliseconds, idleInTransactionMilliseconds),
  }
  const pool = new Pool(options)
  // A server that goes away ends idle clients with an error; the pool replaces them, the process lives on.
  pool.on('error', (error) => getLog().warn({ error: error.message }, 'a database connection was lost'))
  return { pool, database: drizzle(pool, { schema, casing: 'snake_case' }) }
}

async function prepareConnection(
  client: ClientBase,
  lockTimeoutMilliseconds: number,
  idleInTransactionMilliseconds: number,
): Promise<void> {
  // The pool listens while a client is idle; one that is lost inside a transaction would take the process with it.
  // Its statements say what happened.
  client.on('error', () => undefined)
  try {
    // Not given at the start of the connection: poolers refuse start parameters that they do not know.
    await client.query(
      `set lock_timeout = ${lockTimeoutMilliseconds}; set idle_in_transaction_session_timeout = ${idleInTransactionMilliseconds}`,
    )
  } catch (error) {
    getLog().warn({ error: reasonOf(error) }, 'a connection has no time limits')
  }
}

function getConnected(): Connected {
  shared.windlassDatabase ??= connectDatabase(getSettings().DATABASE_URL)
  return shared.windlassDatabase
}

export const getDatabase = (): Database => getConnected().database
export const getPool = (): Pool => getConnected().pool

export async function closeDatabase(): Promise<void> {
  const connected = shared.windlassDatabase
  delete shared.windlassDatabase
  await connected?.pool.end()
}
