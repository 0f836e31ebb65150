import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '#ci/test-database.ts'
import { consoleFacts } from '#drizzle/schema.ts'
import { getDatabase } from '../database/database.ts'
import { checkSecretsKey } from './check-key.ts'

describe('checkSecretsKey', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  it('takes the first key and refuses every other, keeping neither', async () => {
    const [first, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
    await checkSecretsKey(getDatabase(), first)
    await checkSecretsKey(getDatabase(), first)
    await expect(checkSecretsKey(getDatabase(), other)).rejects.toThrow('The secrets key (SECRETS_KEY')
    const facts = JSON.stringify(await getDatabase().select().from(consoleFacts))
    for (const encoding of ['hex', 'base64'] as const) expect(facts).not.toContain(first.toString(encoding))
  })
})
