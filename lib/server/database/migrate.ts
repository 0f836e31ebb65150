import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { Client } from 'pg'
import { reasonOf } from '../settings/describe-error.ts'

/** Any number, as long as every console of one database uses the same. */
const migrationLock = 7_263_514_001

const migrationsFolder = join(import.meta.dirname, '../../../drizzle/migrations')

/** What passes by itself while a server or its network comes up; a wrong password or name does not. */
const passing = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', '57P03'])

/**
 * Brings the database's schema to this version's, forward only. Consoles that start at once wait for each other.
 * Throws an error whose message says what to do when the server cannot be reached, or was made by a newer version.
 */
export async function migrateDatabase(
  connectionString: string,
  patience: { waitSeconds?: number; onWait?: (sentence: string) => void } = {},
): Promise<void> {
  const client = await connectPatiently(connectionString, patience)
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await refuseNewer(client)
    await migrate(drizzle(client), { migrationsFolder })
  } catch (error) {
    throw new Error(`The database's schema could not be brought up to date: ${reasonOf(error)}`, {
      cause: error,
    })
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function connectPatiently(
  connectionString: string,
  { waitSeconds = 0, onWait }: { waitSeconds?: number; onWait?: (sentence: string) => void },
): Promise<Client> {
  const deadline = performance.now() + waitSeconds * 1_000
  for (let attempt = 1; ; attempt += 1) {
    const client = new Client({ connectionString, connectionTimeoutMillis: 10_000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end().catch(() => undefined)
      const sentence = `The database at ${nameServer(connectionString)} does not answer: ${reasonOf(error)}`
      if (!passing.has(codeOf(error)) || performance.now() >= deadline) {
        throw new Error(sentence, { cause: error })
      }
      if (attempt === 1) onWait?.(`${sentence}; waiting for it`)
      await pause(1_000)
    }
  }
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** The migrator passes over what it does not know; an old console on a new schema would fail later and worse. */
async function refuseNewer(client: Client): Promise<void> {
  const journal = await client.query(`select to_regclass('drizzle.__drizzle_migrations') as name`)
  if (journal.rows[0]?.name === null) return
  const applied = await client.query('select max(created_at) as last from drizzle.__drizzle_migrations')
  const known = Math.max(...readMigrationFiles({ migrationsFolder }).map((each) => each.folderMillis))
  if (Number(applied.rows[0]?.last) > known) {
    throw new Error('it was made by a newer version of Windlass. Start that version.')
  }
}

/** Host and database of a connection string, without user and password. */
function nameServer(connectionString: string): string {
  const address = new URL(connectionString)
  return `${address.host}${address.pathname}`
}
