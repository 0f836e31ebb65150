import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '#ci/test-database.ts'
import { getPool } from './database.ts'
import { migrateDatabase } from './migrate.ts'

describe('migrateDatabase', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  it('lets several consoles start at once on an empty database', async () => {
    await getPool().query('drop schema public cascade; drop schema drizzle cascade; create schema public')
    await Promise.all([1, 2, 3].map(() => migrateDatabase(database.connectionString)))
    const applied = await getPool().query('select count(*)::int as count from drizzle.__drizzle_migrations')
    const tables = await getPool().query(`select to_regclass('k8s_workitems') as name`)
    expect(tables.rows[0].name).toBe('k8s_workitems')
    await migrateDatabase(database.connectionString)
    const again = await getPool().query('select count(*)::int as count from drizzle.__drizzle_migrations')
    expect(again.rows).toEqual(applied.rows)
  })

  it('refuses a database that a newer version made', async () => {
    await getPool().query(
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 99999999999999)`,
    )
    await expect(migrateDatabase(database.connectionString)).rejects.toThrow('made by a newer version')
    await getPool().query(`delete from drizzle.__drizzle_migrations where hash = 'later'`)
  })

  it('says which server does not answer, without the password', async () => {
    const failure = await migrateDatabase('postgresql://someone:hush@127.0.0.1:1/nowhere').catch(String)
    expect(failure).toContain('The database at 127.0.0.1:1/nowhere does not answer')
    expect(failure).not.toContain('hush')
  })

  it('gives every suite a database of its own', async () => {
    const other = await createTestDatabase()
    const client = new Client({ connectionString: other.connectionString })
    await client.connect()
    await client.query(`insert into console_facts (name, value) values ('mark', 'here')`)
    await client.end()
    const seen = await getPool().query('select * from console_facts')
    expect(seen.rows).toEqual([])
    await other.drop()
  })
})
