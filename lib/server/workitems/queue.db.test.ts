import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase } from '#ci/test-database.ts'
import { makeFirstAdmin } from '#ci/test-people.ts'
import { claimAll, deployData, failed, finishItem, heldBy, makeCluster, notReady } from '#ci/test-queue.ts'
import { workitems } from '#drizzle/schema.ts'
import { ListQuery } from '#lib/domain/list-query.ts'
import type { Operation } from '#lib/domain/workitem.ts'
import type { UserActor } from '../access/actor.ts'
import { getDatabase } from '../database/database.ts'
import { deployInstallation } from '../installations/deploy.ts'
import { getInstallation } from '../installations/get.ts'
import { reportInstallations } from '../installations/report.ts'
import { requestOperation } from '../installations/request-operation.ts'
import { cancelWorkitem } from './cancel.ts'
import { findRepeatedClaim } from './claim.ts'
import { dismissWorkitem } from './dismiss.ts'
import { getFinishedWorkitem } from './get-finished.ts'
import { getWorkitem } from './get.ts'
import type { ClaimingCluster } from './lease-items.ts'
import { listWorkitemHistory } from './list-history.ts'
import { listWorkitems } from './list.ts'
import { noteProgress } from './note-progress.ts'
import { reapExpiredLeases } from './reap.ts'
import { renewLeases } from './renew.ts'
import { retryWorkitem } from './retry.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let admin: UserActor
let cluster: ClaimingCluster
let count = 0

beforeAll(async () => {
  database = await createTestDatabase()
  admin = await makeFirstAdmin()
})
afterAll(() => database.drop())
beforeEach(async () => {
  cluster = await makeCluster(admin, `cluster-${(count += 1)}`)
})

const deploy = (name: string, ...items: Record<string, unknown>[]) =>
  deployInstallation(admin, 'default', cluster.name, deployData(name, ...items))
const request = (installationName: string, operation: Exclude<Operation, 'deploy'>) =>
  requestOperation(admin, 'default', { installationName, operation })
const show = async (name: string) => {
  const { installationStatus, statusReason, revision, k8sState } = await getInstallation(
    admin,
    'default',
    name,
  )
  return { installationStatus, statusReason, revision, k8sState }
}
const newName = () => `app-${(count += 1)}`
const claimOne = async () => {
  const [item, ...others] = await claimAll(cluster)
  expect(others).toEqual([])
  if (!item) throw new Error('nothing to claim')
  return item
}
const outcomeOf = async (requestId: string) => (await getFinishedWorkitem(admin, 'default', requestId)).status
const expireLeases = () =>
  getDatabase()
    .update(workitems)
    .set({ leaseExpiresAt: sql`clock_timestamp() - interval '1 second'` })
    .where(eq(workitems.status, 'PENDING'))

describe('the queue', () => {
  it('takes an installation from deploy to undeploy', async () => {
    const name = newName()
    const item = await deploy(name)
    expect(item).toMatchObject({
      status: 'REQUESTED',
      operation: 'deploy',
      cancellable: true,
      placeInQueue: 0,
    })
    expect(await show(name)).toMatchObject({ installationStatus: 'STARTING', revision: 1 })
    const leased = await claimOne()
    expect(leased).toMatchObject({
      requestId: item.requestId,
      attempts: 0,
      revision: 1,
      k8sNamespace: 'apps',
    })
    expect(await getWorkitem(admin, 'default', item.requestId)).toMatchObject({
      status: 'PENDING',
      cancellable: false,
      placeInQueue: null,
    })
    await finishItem(cluster, leased)
    expect(await getInstallation(admin, 'default', name)).toMatchObject({
      installationStatus: 'RUNNING',
      appliedRevision: 1,
      k8sInstallationIdentifier: 'uid-1',
    })
    await expect(getWorkitem(admin, 'default', item.requestId)).rejects.toThrow('could not be found')
    expect(await getFinishedWorkitem(admin, 'default', item.requestId)).toMatchObject({
      status: 'SUCCEEDED',
      result: { objects: [{ kind: 'StatefulSet' }] },
    })

    await request(name, 'shutdown')
    expect(await show(name)).toMatchObject({ installationStatus: 'STOPPING', k8sState: 'stopped' })
    await expect(request(name, 'shutdown')).rejects.toThrow('stopping already')
    await finishItem(cluster, await claimOne(), { observed: { ...notReady, replicasWanted: 0, trouble: [] } })
    expect(await show(name)).toMatchObject({ installationStatus: 'STOPPED', statusReason: null })
    await expect(request(name, 'shutdown')).rejects.toThrow('stopped already')
    await request(name, 'restart')
    await finishItem(cluster, await claimOne())
    expect(await show(name)).toMatchObject({ installationStatus: 'RUNNING', k8sState: 'running' })

    await request(name, 'undeploy')
    await expect(request(name, 'restart')).rejects.toThrow('being undeployed')
    await finishItem(cluster, await claimOne(), { objects: [], statefulSetUid: null, observed: null })
    await expect(show(name)).rejects.toThrow('could not be found')
    const { rows } = await listWorkitemHistory(
      admin,
      'default',
      ListQuery.parse({ where: { installationName: name } }),
    )
    expect(rows.map(({ operation }) => operation)).toEqual(['undeploy', 'restart', 'shutdown', 'deploy'])
  })

  it('runs the items of one installation one at a time, in order, whoever claims', async () => {
    const names = [newName(), newName(), newName()]
    const asked = new Map<string, string[]>(names.map((name) => [name, []]))
    for (const name of names) asked.get(name)?.push((await deploy(name)).requestId)
    const first = await claimAll(cluster)
    expect(first.map((item) => item.installationName)).toEqual(names)
    // While the deploys run, operations pile up behind them from several people at once.
    await Promise.all(names.flatMap((name) => [1, 2, 3, 4].map(() => request(name, 'restart'))))
    const { rows } = await listWorkitems(
      admin,
      'default',
      ListQuery.parse({ where: { clusterName: cluster.name } }),
    )
    for (const row of rows.filter(({ operation }) => operation === 'restart')) {
      asked.get(row.installationName)?.push(row.requestId)
    }
    expect(await claimAll(cluster)).toEqual([])
    const done = new Map<string, string[]>(names.map((name) => [name, []]))
    let held = first
    while (held.length > 0) {
      expect(new Set(held.map((item) => item.installationName)).size).toBe(held.length)
      for (const item of held) done.get(item.installationName)?.push(item.requestId)
      await Promise.all(held.map((item) => finishItem(cluster, item)))
      const claims = await Promise.all([claimAll(cluster), claimAll(cluster), claimAll(cluster)])
      held = claims.flat()
    }
    expect(done).toEqual(asked)
  })

  it('gives every cluster a queue of its own', async () => {
    const other = await makeCluster(admin, `cluster-${(count += 1)}`)
    const here = await deploy(newName())
    const there = await deployInstallation(admin, 'default', other.name, deployData(newName()))
    expect((await claimAll(other)).map((item) => item.requestId)).toEqual([there.requestId])
    expect((await claimAll(cluster)).map((item) => item.requestId)).toEqual([here.requestId])
  })

  it('lets the next item run after a failure, and keeps the reason', async () => {
    const name = newName()
    const broken = await deploy(name)
    const leased = await claimOne()
    const later = await deploy(name)
    await finishItem(cluster, leased, failed('no such registry'))
    expect(await getWorkitem(admin, 'default', broken.requestId)).toMatchObject({
      status: 'FAILED',
      error: { cause: 'refused', message: 'no such registry' },
    })
    expect(await show(name)).toMatchObject({ installationStatus: 'STARTING', revision: 2 })
    const next = await claimOne()
    expect(next.requestId).toBe(later.requestId)
    await expect(retryWorkitem(admin, 'default', broken.requestId)).rejects.toThrow('newer operation')
    await finishItem(cluster, next, failed('still none'))
    expect(await show(name)).toMatchObject({ installationStatus: 'FAILED', statusReason: 'still none' })
    expect((await dismissWorkitem(admin, 'default', broken.requestId)).status).toBe('FAILED')
    await expect(retryWorkitem(admin, 'default', broken.requestId)).rejects.toThrow('could not be found')
    const again = await retryWorkitem(admin, 'default', later.requestId)
    expect(again).toMatchObject({ status: 'REQUESTED', error: null, cancellable: false })
    expect(await show(name)).toMatchObject({ installationStatus: 'STARTING' })
    await finishItem(cluster, await claimOne())
    expect(await show(name)).toMatchObject({ installationStatus: 'RUNNING', statusReason: null })
  })

  it('puts a retried item before those that wait', async () => {
    const name = newName()
    const first = await deploy(name)
    const leased = await claimOne()
    const second = await request(name, 'shutdown')
    await finishItem(cluster, leased, failed('no'))
    await retryWorkitem(admin, 'default', first.requestId)
    const retried = await claimOne()
    expect(retried.requestId).toBe(first.requestId)
    await finishItem(cluster, retried)
    expect((await claimOne()).requestId).toBe(second.requestId)
  })

  it('supersedes what waits behind a newer deploy or undeploy, and nothing that was claimed', async () => {
    const name = newName()
    const running = await deploy(name)
    const leased = await claimOne()
    const waiting = [await request(name, 'restart'), await deploy(name), await request(name, 'shutdown')]
    const newer = await deploy(name)
    expect(newer.revision).toBe(3)
    // The second deploy took the place of the restart before it, the third of all the rest.
    for (const item of waiting) expect(await outcomeOf(item.requestId)).toBe('SUPERSEDED')
    expect((await getWorkitem(admin, 'default', running.requestId)).status).toBe('PENDING')
    const undeploy = await request(name, 'undeploy')
    expect(await outcomeOf(newer.requestId)).toBe('SUPERSEDED')
    expect(undeploy.revision).toBe(1)
    const anew = await deploy(name)
    expect((await getWorkitem(admin, 'default', undeploy.requestId)).status).toBe('REQUESTED')
    await finishItem(cluster, leased)
    expect(await show(name)).toMatchObject({ installationStatus: 'STARTING', revision: 4 })
    await finishItem(cluster, await claimOne(), { objects: [], statefulSetUid: null, observed: null })
    expect(await getInstallation(admin, 'default', name)).toMatchObject({
      appliedRevision: null,
      objects: [],
    })
    const last = await claimOne()
    expect(last.requestId).toBe(anew.requestId)
    await finishItem(cluster, last)
    expect(await show(name)).toMatchObject({ installationStatus: 'RUNNING', revision: 4 })
  })
})

describe('cancel', () => {
  it('leaves nothing of a first deploy', async () => {
    const name = newName()
    const item = await deploy(name)
    const waiting = await request(name, 'shutdown')
    await cancelWorkitem(admin, 'default', waiting.requestId)
    expect(await show(name)).toMatchObject({ installationStatus: 'STARTING', k8sState: 'running' })
    expect((await cancelWorkitem(admin, 'default', item.requestId)).status).toBe('CANCELLED')
    await expect(show(name)).rejects.toThrow('could not be found')
    await expect(cancelWorkitem(admin, 'default', item.requestId)).rejects.toThrow('could not be found')
    expect((await deploy(name)).revision).toBe(1)
  })

  it('goes back to the revision and state before, and never uses a number again', async () => {
    const name = newName()
    await deploy(name)
    await finishItem(cluster, await claimOne())
    const image = { type: 'image', name: 'quay.io/example/app:2.0', replicaCount: 3 }
    const second = await deployInstallation(admin, 'default', cluster.name, {
      ...deployData(name),
      config: [image],
    })
    const shutdown = await request(name, 'shutdown')
    await cancelWorkitem(admin, 'default', second.requestId)
    expect((await getWorkitem(admin, 'default', shutdown.requestId)).revision).toBe(1)
    expect(await show(name)).toMatchObject({ installationStatus: 'STOPPING', revision: 1 })
    await cancelWorkitem(admin, 'default', shutdown.requestId)
    expect(await getInstallation(admin, 'default', name)).toMatchObject({
      installationStatus: 'RUNNING',
      k8sState: 'running',
      replicaCount: 1,
      revision: 1,
    })
    expect((await deploy(name)).revision).toBe(3)
  })

  it('is refused once a worker claimed the item, also after its lease was lost', async () => {
    const name = newName()
    const item = await deploy(name)
    await claimOne()
    await expect(cancelWorkitem(admin, 'default', item.requestId)).rejects.toThrow('claimed by a worker')
    await expireLeases()
    await reapExpiredLeases()
    expect((await getWorkitem(admin, 'default', item.requestId)).status).toBe('REQUESTED')
    await expect(cancelWorkitem(admin, 'default', item.requestId)).rejects.toThrow('claimed by a worker')
  })

  it('and a claim never both win', async () => {
    for (let round = 0; round < 20; round += 1) {
      const item = await deploy(newName())
      const [cancelled, leased] = await Promise.all([
        cancelWorkitem(admin, 'default', item.requestId).then(
          () => true,
          () => false,
        ),
        claimAll(cluster),
      ])
      expect(leased.length).toBe(cancelled ? 0 : 1)
    }
  })
})

describe('leases', () => {
  it('end when they are not renewed, and what holds them then is stale', async () => {
    const name = newName()
    const item = await deploy(name)
    const lost = await claimOne()
    const lease = [{ requestId: lost.requestId, token: lost.lease.token }]
    expect((await renewLeases(cluster.id, lease)).leases[0]?.remainingMilliseconds).toBeGreaterThan(25_000)
    await expireLeases()
    await reapExpiredLeases()
    expect(await getWorkitem(admin, 'default', item.requestId)).toMatchObject({
      status: 'REQUESTED',
      attempts: 1,
    })
    const held = await claimOne()
    expect(held.lease.number).toBeGreaterThan(lost.lease.number)
    expect(held.attempts).toBe(1)
    expect((await renewLeases(cluster.id, lease)).leases).toEqual([])
    const stale = { code: 'io.windlass.lease.stale' }
    await expect(finishItem(cluster, lost)).rejects.toMatchObject(stale)
    const progress = { step: 'applying', objectsDone: 1, objectsTotal: 2 } as const
    await expect(noteProgress(heldBy(cluster, lost), progress, undefined)).rejects.toMatchObject(stale)
    expect(await getWorkitem(admin, 'default', item.requestId)).toMatchObject({
      status: 'PENDING',
      progress: null,
    })
    await noteProgress(heldBy(cluster, held), progress, notReady)
    expect(await getWorkitem(admin, 'default', item.requestId)).toMatchObject({ progress })
    expect((await show(name)).statusReason).toContain('ImagePullBackOff: no such image')
    await finishItem(cluster, held)
    expect(await show(name)).toMatchObject({ installationStatus: 'RUNNING' })
  })

  it('that were lost leave an item no newer one takes the place of', async () => {
    const name = newName()
    const item = await deploy(name)
    await claimOne()
    await expireLeases()
    await reapExpiredLeases()
    const waiting = await deploy(name)
    const newer = await deploy(name)
    expect(await outcomeOf(waiting.requestId)).toBe('SUPERSEDED')
    const again = await claimOne()
    expect(again.requestId).toBe(item.requestId)
    await finishItem(cluster, again)
    expect((await claimOne()).requestId).toBe(newer.requestId)
  })

  it('lost three times fail the item as poison, and the next one runs', async () => {
    const name = newName()
    const item = await deploy(name)
    const leases = []
    for (const attempts of [0, 1, 2]) {
      const leased = await claimOne()
      expect(leased.attempts).toBe(attempts)
      leases.push(leased)
      if (attempts === 2) await request(name, 'restart')
      await expireLeases()
      // Several consoles reap at once.
      await Promise.all([reapExpiredLeases(), reapExpiredLeases(), reapExpiredLeases()])
    }
    expect(await getWorkitem(admin, 'default', item.requestId)).toMatchObject({
      status: 'FAILED',
      attempts: 3,
      error: { cause: 'poison' },
    })
    for (const lost of leases) {
      await expect(finishItem(cluster, lost)).rejects.toMatchObject({ code: 'io.windlass.lease.stale' })
    }
    expect((await claimOne()).operation).toBe('restart')
  })

  it('are answered again when the claim is repeated, and a finish too', async () => {
    const name = newName()
    await deploy(name)
    const claimId = randomUUID()
    const [leased] = await claimAll(cluster, claimId)
    if (!leased) throw new Error('nothing to claim')
    const [again] = await findRepeatedClaim(cluster, claimId)
    expect(again?.lease).toMatchObject({ token: leased.lease.token, number: leased.lease.number })
    await Promise.all([finishItem(cluster, leased), finishItem(cluster, leased)])
    await finishItem(cluster, leased, failed('too late'))
    expect(await outcomeOf(leased.requestId)).toBe('SUCCEEDED')
    await deploy(name)
    const failing = await claimOne()
    await finishItem(cluster, failing, failed('first'))
    await finishItem(cluster, failing, failed('second'))
    expect((await getWorkitem(admin, 'default', failing.requestId)).error?.message).toBe('first')
  })
})

describe('reports', () => {
  it('move the state between operations, and only then', async () => {
    const name = newName()
    await deploy(name)
    await finishItem(cluster, await claimOne(), failed('pods not ready in time'))
    const { _id: id } = await getInstallation(admin, 'default', name)
    const ready = { ...notReady, replicasReady: 1, trouble: [] }
    await reportInstallations(cluster, [{ id, observed: notReady }])
    expect(await show(name)).toMatchObject({
      installationStatus: 'FAILED',
      statusReason: 'pods not ready in time',
    })
    await reportInstallations(cluster, [
      { id, observed: ready },
      { id: 'nobody', observed: ready },
      { id: randomUUID(), observed: ready },
    ])
    expect(await show(name)).toMatchObject({ installationStatus: 'RUNNING', statusReason: null })
    await reportInstallations(cluster, [{ id, observed: notReady }])
    expect(await show(name)).toMatchObject({
      installationStatus: 'STARTING',
      statusReason: 'Pod app-0: ImagePullBackOff: no such image',
    })
    await request(name, 'restart')
    await reportInstallations(cluster, [{ id, observed: ready }])
    expect(await show(name)).toMatchObject({ installationStatus: 'STARTING' })
    const foreign = await makeCluster(admin, `cluster-${(count += 1)}`)
    await finishItem(cluster, await claimOne())
    await reportInstallations(foreign, [{ id, observed: notReady }])
    expect(await show(name)).toMatchObject({ installationStatus: 'RUNNING' })
  })
})
