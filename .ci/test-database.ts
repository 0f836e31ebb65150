import { randomBytes } from 'node:crypto'
import { Client, escapeIdentifier } from 'pg'
import { closeDatabase } from '#lib/server/database/database.ts'

/**
 * A database for one suite, cloned from the migrated template. It is what `getDatabase()` answers from then on, and
 * `getSettings()` has all it needs. Call it in `beforeAll`, before the first verb, and `drop` in `afterAll`.
 */
export async function createTestDatabase(): Promise<{
  connectionString: string
  drop(): Promise<void>
}> {
  const template = process.env.WINDLASS_TEST_TEMPLATE
  if (template === undefined) throw new Error('Suites with a database are named *.db.test.ts.')
  const name = `suite_${randomBytes(6).toString('hex')}`
  const templateName = new URL(template).pathname.slice(1)
  await runAsAdministrator(
    template,
    `create database ${escapeIdentifier(name)} template ${escapeIdentifier(templateName)}`,
  )
  const address = new URL(template)
  address.pathname = `/${name}`
  Object.assign(process.env, {
    DATABASE_URL: address.href,
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    SECRETS_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
  })
  return {
    connectionString: address.href,
    async drop() {
      await closeDatabase()
      await runAsAdministrator(template, `drop database ${escapeIdentifier(name)} with (force)`)
    },
  }
}

async function runAsAdministrator(template: string, statement: string): Promise<void> {
  const address = new URL(template)
  address.pathname = '/postgres'
  const client = new Client({ connectionString: address.href })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
