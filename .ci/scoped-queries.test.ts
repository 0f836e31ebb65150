import { describe, expect, it } from 'vitest'
import { findUnscopedQueries } from './scoped-queries.ts'

const find = (text: string, excepted = {}) =>
  findUnscopedQueries(new Map([['lib/server/clusters/list.ts', text]]), excepted)

describe('the check of scopes', () => {
  it.each([
    `scope.tx.select().from(clusters).where(eq(clusters.name, name))`,
    `scope.tx.select().from(clusters).orderBy(clusters.name)`,
    `scope.tx.update(clusters).set({ name: f(')') }).where(eq(clusters.id, id))`,
    `scope.tx.delete(workitems).where(and(eq(workitems.id, id)))\n.returning()`,
    `const where = eq(clusters.id, id)\nscope.tx.select().from(clusters).where(where)`,
    `tx.select().from(clusters); tx.select().from(workitems).where(scope.in(workitems))`,
  ])('refuses %s', (text) => {
    expect(find(text)).toHaveLength(1)
  })

  it.each([
    `scope.tx.select().from(clusters)\n  .where(scope.in(clusters, eq(clusters.name, name)))`,
    `scope.tx.select({ count: count() }).from(clusters).innerJoin(users, eq(a, b)).where(scope.in(clusters))`,
    `scope.tx.update(clusters).set({ a: 1 }).where(scope.in(clusters, eq(clusters.id, id))).returning()`,
    `const where = scope.in(clusters, a)\nscope.tx.select().from(clusters).where(where).limit(1)`,
    `scope.tx.select().from(organizations).where(eq(organizations.id, id))`,
  ])('allows %s', (text) => {
    expect(find(text)).toEqual([])
  })

  it('asks for a reason, and for its removal when it is needed no more', () => {
    const query = `tx.select().from(clusters)`
    expect(find(query, { 'lib/server/clusters': 'a test' })).toEqual([])
    expect(find('', { 'lib/server/clusters': 'a test' })).toHaveLength(1)
  })
})
