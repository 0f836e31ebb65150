import { randomUUID } from 'node:crypto'
import { sql, type SQL } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '#ci/test-database.ts'
import { makeFirstAdmin } from '#ci/test-people.ts'
import { claimAll, deployData, makeCluster } from '#ci/test-queue.ts'
import { getDatabase } from '../database/database.ts'
import { deployInstallation } from '../installations/deploy.ts'
import type { ClaimingCluster } from './lease-items.ts'
import { claimStatement } from './sql/claim.ts'
import { renewStatement } from './sql/renew.ts'
import { returnExpiredStatement } from './sql/return-expired.ts'

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Rows Removed by Filter'?: number
  Plans?: PlanNode[]
}

let database: Awaited<ReturnType<typeof createTestDatabase>>
let cluster: ClaimingCluster

beforeAll(async () => {
  database = await createTestDatabase()
  const admin = await makeFirstAdmin()
  cluster = await makeCluster(admin, 'here')
  const busy = await makeCluster(admin, 'busy')
  await fill(busy, 50_000)
  for (const name of ['app-1', 'app-2', 'app-3']) {
    await deployInstallation(admin, 'default', 'here', deployData(name))
  }
  await getDatabase().execute('analyze')
})
afterAll(() => database.drop())

/** Rows as a large queue has them: most wait, some run, some failed; and a history. */
async function fill({ id, namespaceId }: ClaimingCluster, rows: number): Promise<void> {
  await getDatabase().execute(sql`
    insert into k8s_workitems (namespace_id, cluster_id, request_id, installation_name, operation, status, is_next,
      request, requested_by, lease_token, lease_expires_at)
    select ${namespaceId}, ${id}, gen_random_uuid(), 'app-' || n, 'deploy',
      case when n % 10 < 7 then 'REQUESTED' when n % 10 < 8 then 'PENDING' else 'FAILED' end, n % 10 < 6, '{}', 'test',
      case when n % 10 = 7 then gen_random_uuid() end,
      case when n % 10 = 7 then now() + interval '1 hour' end
    from generate_series(1, ${rows}::int) as n`)
  await getDatabase().execute(sql`
    insert into k8s_workitem_history (id, namespace_id, cluster_name, request_id, installation_name, operation, status,
      request, requested_by, requested_at, attempts)
    select -n, ${namespaceId}, 'here', gen_random_uuid(), 'app-' || n, 'deploy', 'SUCCEEDED', '{}', 'test', now(), 0
    from generate_series(1, ${rows}::int) as n`)
}

async function explain(statement: SQL): Promise<PlanNode[]> {
  const nodes: PlanNode[] = []
  const collect = (node: PlanNode) => {
    nodes.push(node)
    node.Plans?.forEach(collect)
  }
  await getDatabase()
    .transaction(async (tx) => {
      const { rows } = await tx.execute<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        sql`explain (analyze, format json) ${statement}`,
      )
      const [plan] = rows[0]?.['QUERY PLAN'] ?? []
      if (plan) collect(plan.Plan)
      tx.rollback()
    })
    .catch(() => {})
  return nodes
}

const expectOneRange = (nodes: PlanNode[], index: string) => {
  expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan')
  expect(nodes.map((node) => node['Node Type'])).not.toContain('Sort')
  const scans = nodes.filter((node) => node['Index Name'] === index)
  expect(scans).toHaveLength(1)
  expect(scans[0]?.['Rows Removed by Filter'] ?? 0).toBe(0)
}

describe('in a large queue', () => {
  it('a claim reads one range of its index, whatever waits elsewhere', async () => {
    const claim = {
      clusterId: cluster.id,
      claimId: randomUUID(),
      workerId: randomUUID(),
      limit: 10,
      leaseSeconds: 30,
    }
    expectOneRange(await explain(claimStatement(claim)), 'k8s_workitems_claimable')
    expect(await claimAll(cluster)).toHaveLength(3)
    expectOneRange(await explain(claimStatement(claim)), 'k8s_workitems_claimable')
  })

  it('the reaper and a renewal read no more than their leases', async () => {
    const reaping = await explain(returnExpiredStatement({ maximumLostLeases: 3, batch: 100 }))
    expect(reaping.map((node) => node['Node Type'])).not.toContain('Seq Scan')
    expect(reaping.some((node) => node['Index Name'] === 'k8s_workitems_leased')).toBe(true)
    const leases = [{ requestId: randomUUID(), token: randomUUID() }]
    const renewing = await explain(renewStatement({ clusterId: cluster.id, leases, leaseSeconds: 30 }))
    expect(renewing.map((node) => node['Node Type'])).not.toContain('Seq Scan')
  })
})
