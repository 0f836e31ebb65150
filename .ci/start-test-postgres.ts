import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../deploy/local/postgres.ts'
import { migrateDatabase } from '#lib/server/database/migrate.ts'

/** Once for a run with database tests: a PostgreSQL in a temporary folder, its database migrated as a template. */
export default async function setup(): Promise<() => Promise<void>> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'windlass-test-'))
  // Root's PostgreSQL runs as another user, which must be able to pass.
  chmodSync(dataFolder, 0o711)
  const postgres = await startPostgres({ dataFolder, durable: false })
  try {
    await migrateDatabase(postgres.connectionString)
  } catch (error) {
    await postgres.stop()
    throw error
  }
  process.env.WINDLASS_TEST_TEMPLATE = postgres.connectionString
  return async () => {
    await postgres.stop()
    rmSync(dataFolder, { recursive: true, force: true })
  }
}
