import { createHmac } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { consoleFacts } from '#drizzle/schema.ts'
import type { Database } from '../database/database.ts'

const factName = 'secretsKeyFingerprint'

/**
 * Keeps a fingerprint of the first key ever used, and refuses any other: values sealed with two keys could not be told
 * apart, and half of them would be lost. Throws an error whose message says what to do.
 */
export async function checkSecretsKey(database: Database, secretsKey: Uint8Array): Promise<void> {
  const fingerprint = createHmac('sha256', secretsKey).update('windlass secrets key').digest('hex')
  await database.insert(consoleFacts).values({ name: factName, value: fingerprint }).onConflictDoNothing()
  const [fact] = await database.select().from(consoleFacts).where(eq(consoleFacts.name, factName))
  if (fact?.value !== fingerprint) {
    throw new Error(
      'The secrets key (SECRETS_KEY, or the file secrets-key in the data folder) is not the one this database was first used with, so its secrets could not be read. Start with the one used before.',
    )
  }
}
