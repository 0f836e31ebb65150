import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '#ci/test-database.ts'
import { makeFirstAdmin } from '#ci/test-people.ts'
import { allReady, claimAll, deployData, failed, finishItem, makeCluster } from '#ci/test-queue.ts'
import { installations, workitemHistory, workitems } from '#drizzle/schema.ts'
import { DomainError } from '#lib/domain/errors.ts'
import type { LeasedItem } from '#lib/protocol/messages.ts'
import type { UserActor } from '../access/actor.ts'
import { getDatabase } from '../database/database.ts'
import { deployInstallation } from '../installations/deploy.ts'
import { reportInstallations } from '../installations/report.ts'
import { requestOperation } from '../installations/request-operation.ts'
import { cancelWorkitem } from './cancel.ts'
import { dismissWorkitem } from './dismiss.ts'
import type { ClaimingCluster } from './lease-items.ts'
import { reapExpiredLeases } from './reap.ts'
import { retryWorkitem } from './retry.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let admin: UserActor
let cluster: ClaimingCluster

beforeAll(async () => {
  database = await createTestDatabase()
  admin = await makeFirstAdmin()
  cluster = await makeCluster(admin, 'storm')
})
afterAll(() => database.drop())

/** Numbers that look random and are the same at every run. */
function createDice(seed: number) {
  let state = seed
  return (sides: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

const names = ['one', 'two', 'three']
const accepted: string[] = []
const held: LeasedItem[] = []

/** What is refused is refused for a reason of ours; anything else (a deadlock, a broken rule of the schema) fails. */
async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
  }
}

async function claim(): Promise<void> {
  held.push(...(await claimAll(cluster)))
}

/** One thing that people, workers or the clock may do. */
function act(dice: (sides: number) => number): () => Promise<unknown> {
  const name = names[dice(names.length)] ?? ''
  const ask = (operation: 'shutdown' | 'restart' | 'undeploy') => async () =>
    accepted.push((await requestOperation(admin, 'default', { installationName: name, operation })).requestId)
  const known = accepted[dice(accepted.length)] ?? ''
  const item = held.length > 0 ? held.splice(dice(held.length), 1)[0] : undefined
  const finish = (result: Parameters<typeof finishItem>[2]) => async () => {
    if (item) await finishItem(cluster, item, result)
  }
  const deploy = async () =>
    accepted.push((await deployInstallation(admin, 'default', cluster.name, deployData(name))).requestId)
  const actions = [
    deploy,
    deploy,
    ask('shutdown'),
    ask('restart'),
    ask('undeploy'),
    () => cancelWorkitem(admin, 'default', known),
    () => cancelWorkitem(admin, 'default', accepted.at(-1) ?? ''),
    () => retryWorkitem(admin, 'default', known),
    () => dismissWorkitem(admin, 'default', known),
    claim,
    claim,
    finish({}),
    finish({}),
    finish(failed('it rained')),
    loseLease,
    report,
  ]
  return actions[dice(actions.length)] ?? claim
}

async function loseLease(): Promise<void> {
  await getDatabase().execute(sql`
    update k8s_workitems set lease_expires_at = clock_timestamp() - interval '1 second'
    where id = (select id from k8s_workitems where status = 'PENDING' order by random() limit 1 for update skip locked)`)
  await reapExpiredLeases()
}

async function report(): Promise<void> {
  const rows = await getDatabase().select({ id: installations.id }).from(installations)
  await reportInstallations(
    cluster,
    rows.map(({ id }) => ({ id, observed: allReady })),
  )
}

describe('a storm of people, workers and lost leases', () => {
  it(
    'loses nothing, sticks nowhere and never runs two items of one installation',
    { timeout: 60_000 },
    async () => {
      const dice = createDice(20_260)
      for (let round = 0; round < 40; round += 1) {
        await Promise.all(Array.from({ length: 5 }, () => attempt(act(dice))))
        const twice = await getDatabase().execute(
          sql`select installation_id from k8s_workitems where status = 'PENDING' group by 1 having count(*) > 1`,
        )
        expect(twice.rows).toEqual([])
      }
      // The weather clears: workers finish whatever there is, and what was held before is stale or finishes too.
      for (let round = 0; round < 200; round += 1) {
        for (const item of held.splice(0)) await attempt(() => finishItem(cluster, item))
        await claim()
        if (held.length > 0) continue
        const { rowCount } = await getDatabase().execute(sql`
        update k8s_workitems set lease_expires_at = clock_timestamp() - interval '1 second' where status = 'PENDING'`)
        if (rowCount === 0) break
        await reapExpiredLeases()
      }
      const waiting = await getDatabase().select({ status: workitems.status }).from(workitems)
      expect(waiting.map(({ status }) => status).filter((status) => status !== 'FAILED')).toEqual([])

      const kept = await getDatabase().execute<{ request_id: string }>(
        sql`select request_id from k8s_workitems union all select request_id from k8s_workitem_history`,
      )
      expect(kept.rows.map((row) => row.request_id).sort()).toEqual([...accepted].sort())
      const ends = await getDatabase()
        .selectDistinct({ status: workitemHistory.status })
        .from(workitemHistory)
      expect(ends.map(({ status }) => status).sort()).toEqual([
        'CANCELLED',
        'FAILED',
        'SUCCEEDED',
        'SUPERSEDED',
      ])
      const restless = await getDatabase()
        .select({ name: installations.name, status: installations.status })
        .from(installations)
        .where(eq(installations.status, 'STOPPING'))
      expect(restless).toEqual([])
      expect(accepted.length).toBeGreaterThan(40)
    },
  )
})
