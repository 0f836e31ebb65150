import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { consoleFacts } from '#drizzle/schema.ts'
import { getDatabase } from '../database/database.ts'

const factName = 'consoleId'
let consoleId: string | undefined

/** The id that tells this console's objects in a cluster from another's. Given once for a database. */
export async function findConsoleId(): Promise<string> {
  if (consoleId !== undefined) return consoleId
  const database = getDatabase()
  await database.insert(consoleFacts).values({ name: factName, value: randomUUID() }).onConflictDoNothing()
  const [fact] = await database.select().from(consoleFacts).where(eq(consoleFacts.name, factName))
  if (!fact) throw new Error('the console has no id')
  consoleId = fact.value
  return consoleId
}
