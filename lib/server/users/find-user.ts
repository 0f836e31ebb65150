import { and, eq } from 'drizzle-orm'
import { users } from '#drizzle/schema.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { Transaction } from '../database/database.ts'

/** A person of the organization, locked until the transaction ends; not found otherwise. */
export async function findUser(tx: Transaction, organizationId: string, userId: string) {
  const isUuid = /^[0-9a-f-]{36}$/i.test(userId)
  const [user] = isUuid
    ? await tx
        .select()
        .from(users)
        .where(and(eq(users.id, userId), eq(users.organizationId, organizationId)))
        .for('update')
    : []
  if (!user) throw notFound('users', { _id: userId })
  return user
}
