import { sql } from 'drizzle-orm'
import { accounts, users } from '#drizzle/schema.ts'
import type { User } from '#lib/domain/user.ts'

/** The columns a person is shown by; of the password only whether there is one. */
export const shownColumns = {
  id: users.id,
  email: users.email,
  name: users.name,
  isOrganizationAdmin: users.isOrganizationAdmin,
  hasPassword: sql<boolean>`${users.passwordHash} is not null`,
  hasSingleSignOn: sql<boolean>`exists (select from ${accounts} where ${accounts.userId} = ${users.id})`,
  mustChangePassword: users.mustChangePassword,
  createdAt: users.createdAt,
  disabledAt: users.disabledAt,
}

interface Shown extends Omit<User, '_id' | 'createdAt' | 'disabledAt'> {
  id: string
  createdAt: Date
  disabledAt: Date | null
}

export function toUser({ id, createdAt, disabledAt, ...row }: Shown): User {
  return {
    _id: id,
    ...row,
    createdAt: createdAt.toISOString(),
    disabledAt: disabledAt?.toISOString() ?? null,
  }
}
