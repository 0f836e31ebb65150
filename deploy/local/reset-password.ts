import { resolve } from 'node:path'
import { connectDatabase } from '#lib/server/database/database.ts'
import { recoverPassword } from '#lib/server/users/reset-password.ts'
import { openDataFolder, takeDataFolder } from './data-folder.ts'
import { startPostgres } from './postgres.ts'

/** `npm run reset-password -- <e-mail>`: a new initial password, when nobody is left who could sign in and give one. */
const [email] = process.argv.slice(2)
try {
  if (email === undefined) throw new Error('Say whose: npm run reset-password -- admin@example.com')
  const database = process.env.DATABASE_URL
    ? { connectionString: process.env.DATABASE_URL, stop: () => Promise.resolve() }
    : await startEmbedded(resolve(process.env.DATA_DIR || '.data'))
  try {
    const connected = connectDatabase(database.connectionString, { maximumConnections: 1 })
    const password = await recoverPassword(connected.database, email)
    await connected.pool.end()
    process.stdout.write(`${email} may sign in with ${password} and is then asked for a new one.\n`)
  } finally {
    await database.stop()
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function startEmbedded(dataFolder: string) {
  openDataFolder(dataFolder)
  const letGo = takeDataFolder(dataFolder)
  const postgres = await startPostgres({ dataFolder })
  return {
    connectionString: postgres.connectionString,
    async stop() {
      await postgres.stop()
      letGo()
    },
  }
}
