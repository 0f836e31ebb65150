import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '#ci/test-database.ts'
import { connectDatabase } from './database.ts'
import { isDatabaseUnavailable } from './is-unavailable.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const takeLock = 'select pg_advisory_xact_lock(1)'

it('waits for no row for ever, and says that the database cannot now', async () => {
  const { pool } = connectDatabase(database.connectionString, { lockTimeoutMilliseconds: 20 })
  const holder = await pool.connect()
  await holder.query('begin')
  await holder.query(takeLock)
  const refused = await pool.query(takeLock).catch((error: unknown) => error)
  expect(isDatabaseUnavailable(refused)).toBe(true)
  await holder.query('rollback')
  holder.release()
  await pool.end()
})

it('is let go of by a transaction that stands still, as that of a console that died', async () => {
  const { pool } = connectDatabase(database.connectionString, { idleInTransactionMilliseconds: 20 })
  const dead = await pool.connect()
  await dead.query('begin')
  await dead.query(takeLock)
  await pool.query(takeLock)
  const late = await dead.query('commit').catch((error: unknown) => error)
  expect(isDatabaseUnavailable(late)).toBe(true)
  dead.release(true)
  await pool.end()
})

it('that goes away in the middle of a transaction takes nobody with it', async () => {
  const { pool } = connectDatabase(database.connectionString)
  const inTransaction = await pool.connect()
  await inTransaction.query('begin')
  const { rows } = await inTransaction.query<{ pid: number }>('select pg_backend_pid() as pid')
  const ended = new Promise((settle) => inTransaction.once('end', () => settle(undefined)))
  await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
  await ended
  const late = await inTransaction.query('commit').catch((error: unknown) => error)
  expect(isDatabaseUnavailable(late)).toBe(true)
  inTransaction.release(true)
  await pool.end()
})
