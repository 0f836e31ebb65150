import { and, eq } from 'drizzle-orm'
import { namespaces } from '#drizzle/schema.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { Transaction } from '../database/database.ts'

export async function findNamespace(tx: Transaction, organizationId: string, name: string) {
  const [namespace] = await tx
    .select()
    .from(namespaces)
    .where(and(eq(namespaces.organizationId, organizationId), eq(namespaces.name, name)))
  if (!namespace) throw notFound('namespaces', { name })
  return namespace
}
