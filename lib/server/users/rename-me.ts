import { eq } from 'drizzle-orm'
import { users } from '#drizzle/schema.ts'
import { NameChange } from '#lib/domain/user.ts'
import type { UserActor } from '../access/actor.ts'
import { changeOwnAccount } from '../access/verb.ts'
import { parseInput } from '../resources/parse-input.ts'

/** Changes how one is called; the e-mail address, which audits and requests carry, stays. */
export async function renameMe(actor: UserActor, input: unknown): Promise<void> {
  const { name } = parseInput(NameChange, input)
  await changeOwnAccount(actor, async (tx) => {
    await tx.update(users).set({ name }).where(eq(users.id, actor.userId))
    return { result: undefined, audit: { action: 'user.rename', subject: actor.email, detail: { name } } }
  })
}
