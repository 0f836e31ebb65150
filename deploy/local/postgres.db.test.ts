import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabaseCheck } from '#lib/server/health/check.ts'
import { startPostgres } from './postgres.ts'

describe('startPostgres', () => {
  let dataFolder: string
  beforeAll(() => {
    dataFolder = mkdtempSync(join(tmpdir(), 'windlass-postgres-'))
    chmodSync(dataFolder, 0o711)
  })
  afterAll(() => rmSync(dataFolder, { recursive: true, force: true }))

  it('keeps data and password from start to start', async () => {
    const first = await startPostgres({ dataFolder, durable: false })
    await query(first.connectionString, `create table kept as select 'here' as mark`)
    await first.stop()
    expect(statSync(join(dataFolder, 'postgres.json')).mode & 0o777).toBe(0o600)

    const second = await startPostgres({ dataFolder, durable: false })
    expect(new URL(second.connectionString).password).toBe(new URL(first.connectionString).password)
    expect(await query(second.connectionString, 'select mark from kept')).toEqual([{ mark: 'here' }])
    await second.stop()
  })

  it('lets nobody in without the password', async () => {
    const postgres = await startPostgres({ dataFolder, durable: false })
    const address = new URL(postgres.connectionString)
    address.password = 'wrong'
    await expect(query(address.href, 'select 1')).rejects.toThrow('password authentication failed')
    await postgres.stop()
  })

  it("is not held up by a stranger's process number in postmaster.pid", async () => {
    writeFileSync(join(dataFolder, 'postgres', 'postmaster.pid'), `${process.pid}\n`)
    const postgres = await startPostgres({ dataFolder, durable: false })
    await postgres.stop()
  })

  it('says why it ended when nobody asked it to', async () => {
    const postgres = await startPostgres({ dataFolder, durable: false })
    const ended = postgres.ended
    const client = new Client({ connectionString: postgres.connectionString })
    client.on('error', () => undefined)
    await client.connect()
    const [row] = (await client.query(`select pg_read_file('postmaster.pid') as text`)).rows
    process.kill(Number(row.text.split('\n')[0]), 'SIGKILL')
    expect(await ended).toContain('PostgreSQL ended (SIGKILL)')
    await client.end().catch(() => undefined)
    // The killed server's backends may still be there: the next start waits for them.
    const next = await startPostgres({ dataFolder, durable: false })
    expect(await query(next.connectionString, 'select mark from kept')).toEqual([{ mark: 'here' }])
    await next.stop()
  })

  it('is seen to be away and to be back by the health check', async () => {
    const first = await startPostgres({ dataFolder, durable: false })
    const pool = new Pool({ connectionString: first.connectionString, connectionTimeoutMillis: 1_000 })
    pool.on('error', () => undefined)
    const check = createDatabaseCheck(() => pool, 0)
    expect(await check()).toBe(true)
    await first.stop()
    expect(await check()).toBe(false)
    const port = Number(new URL(first.connectionString).port)
    const second = await startPostgres({ dataFolder, durable: false, port })
    expect(await check()).toBe(true)
    await pool.end()
    await second.stop()
  })
})

async function query(connectionString: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString })
  try {
    await client.connect()
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
