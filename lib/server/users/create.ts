import { eq } from 'drizzle-orm'
import { accounts, users } from '#drizzle/schema.ts'
import { conflict, invalid } from '#lib/domain/errors.ts'
import { UserInput, type User } from '#lib/domain/user.ts'
import type { Actor } from '../access/actor.ts'
import { changeOrganization } from '../access/verb.ts'
import type { Transaction } from '../database/database.ts'
import { parseInput } from '../resources/parse-input.ts'
import { generatePassword } from '../sessions/generate-password.ts'
import { hashPassword } from '../sessions/hash-password.ts'
import { getSettings } from '../settings/settings.ts'
import { shownColumns, toUser } from './to-user.ts'

/**
 * Creates a person. The initial password is told here and nowhere else, and has to be changed at the first sign-in;
 * a person created with the subject of the single sign-on has none.
 */
export async function createUser(
  actor: Actor,
  input: unknown,
): Promise<User & { initialPassword: string | null }> {
  return changeOrganization(actor, async (tx, organizationId) => {
    const given = parseInput(UserInput, input)
    const { oidcSubject, ...person } = given
    const initialPassword = oidcSubject === undefined ? generatePassword() : null
    const [made] = await tx
      .insert(users)
      .values({
        ...person,
        organizationId,
        passwordHash: initialPassword === null ? null : await hashPassword(initialPassword),
        mustChangePassword: initialPassword !== null,
      })
      .onConflictDoNothing()
      .returning({ id: users.id })
    if (!made) throw conflict(`Somebody has the e-mail address '${given.email}' already.`)
    if (oidcSubject !== undefined) await insertIdentity(tx, oidcSubject, made.id)
    const [row] = await tx.select(shownColumns).from(users).where(eq(users.id, made.id))
    if (!row) throw new Error('a person who was just created is gone')
    return {
      result: { ...toUser(row), initialPassword },
      audit: {
        action: 'user.create',
        subject: given.email,
        detail: { isOrganizationAdmin: given.isOrganizationAdmin, singleSignOn: oidcSubject !== undefined },
      },
    }
  })
}

async function insertIdentity(tx: Transaction, subject: string, userId: string): Promise<void> {
  const issuer = getSettings().OIDC_ISSUER
  if (issuer === undefined) {
    const message = 'No single sign-on is set up here'
    throw invalid([{ path: ['oidcSubject'], rule: 'singleSignOn', message, given: subject }])
  }
  const linked = await tx
    .insert(accounts)
    .values({ issuer, subject, userId })
    .onConflictDoNothing()
    .returning()
  if (linked.length === 0) throw conflict('This identity is linked to somebody else already.')
}
