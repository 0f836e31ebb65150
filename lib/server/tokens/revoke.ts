import { eq, isNull, sql } from 'drizzle-orm'
import { accessTokens } from '#drizzle/schema.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { Actor } from '../access/actor.ts'
import { changeInNamespace } from '../access/verb.ts'

/** Revokes a token; the next request with it is refused. The row stays for the audit, its name is free again. */
export async function revokeToken(actor: Actor, namespace: string, name: string): Promise<void> {
  await changeInNamespace(actor, namespace, async (scope) => {
    const [row] = await scope.tx
      .update(accessTokens)
      .set({ revokedAt: sql`now()` })
      .where(scope.in(accessTokens, eq(accessTokens.name, name), isNull(accessTokens.revokedAt)))
      .returning({ id: accessTokens.id })
    if (!row) throw notFound('tokens', { name })
    return {
      result: undefined,
      audit: { action: 'token.revoke', subject: name },
      changes: [{ noun: 'token' }],
    }
  })
}
