import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '#ci/test-database.ts'
import { sessions } from '#drizzle/schema.ts'
import { getDatabase } from '../database/database.ts'
import { reasonOf, serializeError } from './describe-error.ts'
import { createLog } from './log.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const value = 'the-id-of-a-session'

async function failStatement(): Promise<unknown> {
  const statement = getDatabase()
    .select()
    .from(sessions)
    .where(eq(sessions.id, `${value}\0`))
  return statement.then(
    () => undefined,
    (error: unknown) => error,
  )
}

it('keeps the values of a failed statement out of the log, and says which failed and why', async () => {
  const error = await failStatement()
  expect(String(error)).toContain(value)
  const lines: string[] = []
  const log = createLog('info', { write: (line) => void lines.push(line) })
  log.error({ err: error }, 'one')
  log.error({ error: new Error('outer', { cause: error }) }, 'other')
  log.warn({ error: reasonOf(new Error('outer', { cause: error })) }, 'short')
  const text = lines.join('')
  expect(text).not.toContain(value)
  expect(text.match(/invalid byte sequence/g)).toHaveLength(3)
  expect(text).toContain('from \\"sessions\\"')
  expect(text).toContain('describe-error.db.test.ts')
})

it('tells the reasons of a connection that failed at several addresses', () => {
  const error = new AggregateError([new Error('refused at ::1'), new Error('refused at 127.0.0.1')])
  expect(reasonOf(error)).toBe('refused at ::1; refused at 127.0.0.1')
  expect(JSON.stringify(serializeError(error))).toContain('refused at 127.0.0.1')
})
