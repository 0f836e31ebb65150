import { createHash, randomBytes } from 'node:crypto'
import { registerSandboxCluster } from '#drizzle/seed.ts'
import { connectDatabase } from '#lib/server/database/database.ts'

/** Registers the sandbox as cluster `sandbox` and answers its worker's token: a new one at each start, kept nowhere. */
export async function registerSandbox(connectionString: string): Promise<string> {
  const token = `wl_${randomBytes(32).toString('base64url')}`
  const { pool, database } = connectDatabase(connectionString, { maximumConnections: 1 })
  try {
    await registerSandboxCluster(database, createHash('sha256').update(token).digest('hex'))
  } finally {
    await pool.end()
  }
  return token
}
