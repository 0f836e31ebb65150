import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '#ci/test-database.ts'
import { makeFirstAdmin, makePerson } from '#ci/test-people.ts'
import { allReady, claimAll, deployData, finishItem, makeCluster } from '#ci/test-queue.ts'
import { secretValues } from '#drizzle/schema.ts'
import { ListQuery } from '#lib/domain/list-query.ts'
import type { UserActor } from '../access/actor.ts'
import { getDatabase } from '../database/database.ts'
import { deployInstallation } from '../installations/deploy.ts'
import { getInstallation } from '../installations/get.ts'
import { listInstallations } from '../installations/list.ts'
import { requestOperation } from '../installations/request-operation.ts'
import { findActorOfToken } from '../tokens/authenticate.ts'
import { createToken } from '../tokens/create.ts'
import { getFinishedWorkitem } from '../workitems/get-finished.ts'
import { createCluster } from './create.ts'
import { deleteCluster } from './delete.ts'
import { getCluster } from './get.ts'
import { listClusters } from './list.ts'
import { updateCluster } from './update.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let admin: UserActor

beforeAll(async () => {
  database = await createTestDatabase()
  admin = await makeFirstAdmin()
})
afterAll(() => database.drop())

describe('clusters', () => {
  it('are created with a default ingress node, changed, and created once', async () => {
    const made = await createCluster(admin, 'default', { name: 'My_Cluster.1' })
    expect(made).toMatchObject({
      ingressDefaultNode: 'vantiq-my-cluster-1-node',
      queueLength: 0,
      simulated: false,
    })
    await expect(createCluster(admin, 'default', { name: 'My_Cluster.1' })).rejects.toMatchObject({
      code: 'io.windlass.conflict',
    })
    const change = { ingressDefaultNode: made.ingressDefaultNode, ingressClassName: 'nginx' }
    expect(await updateCluster(admin, 'default', made.name, change)).toEqual({ ingressClassName: 'nginx' })
    expect(await getCluster(admin, 'default', made.name)).toMatchObject(change)
    const wrong = await createCluster(admin, 'default', {
      name: '1x',
      ingressDefaultNode: 'A b',
      color: 1,
    }).catch((error: { errors: { params: unknown[] }[] }) => error)
    expect('errors' in wrong && wrong.errors.map(({ params }) => String(params[0])).sort()).toEqual([
      'color',
      'ingressDefaultNode',
      'name',
    ])
    await expect(updateCluster(admin, 'default', made.name, { name: 'other' })).rejects.toThrow('"name"')
    await expect(updateCluster(admin, 'default', 'nobody', {})).rejects.toThrow(
      "The requested instance ('{name=nobody}') of the k8sclusters resource could not be found.",
    )
    const viewer = await makePerson(admin, 'viewer@example.com', 'viewer')
    await expect(createCluster(viewer, 'default', { name: 'mine' })).rejects.toMatchObject({
      code: 'io.windlass.forbidden',
    })
    await deleteCluster(admin, 'default', made.name)
    await expect(getCluster(admin, 'default', made.name)).rejects.toThrow('could not be found')
  })

  it('are listed with what they hold, filtered, sorted and paged in the database', async () => {
    const names = ['list-a', 'list-b', 'list-c']
    for (const name of names) await makeCluster(admin, name)
    await deployInstallation(admin, 'default', 'list-b', deployData('one'))
    await deployInstallation(admin, 'default', 'list-b', deployData('two'))
    const list = (query: object) => listClusters(admin, 'default', ListQuery.parse(query))
    const all = await list({ sort: { name: -1 }, limit: 2, count: true, props: ['name', 'queueLength'] })
    expect(all).toMatchObject({
      rows: [
        { name: 'list-c', queueLength: 0 },
        { name: 'list-b', queueLength: 2 },
      ],
      total: 3,
    })
    expect(Object.keys(all.rows[0] ?? {}).sort()).toEqual(['_id', 'name', 'queueLength'])
    expect(await list({ sort: { name: -1 }, limit: 2, page: 2 })).toMatchObject({
      rows: [{ name: 'list-a' }],
    })
    const [busy] = (await list({ where: { name: 'list-b' } })).rows
    expect(busy).toMatchObject({ installationsByStatus: { STARTING: 2 }, queueLength: 2 })
    expect((await list({ where: { ingressClassName: null, simulated: true } })).rows).toEqual([])
    const refused = await list({
      where: { 'name; drop table': 'x', lifecycleOperationCount: 'many', __proto__: 1 },
      sort: { constructor: 1 },
      props: ['queueLength', 'passwordHash'],
    }).catch((error: { errors: { params: unknown[] }[] }) => error)
    expect('errors' in refused && refused.errors.map(({ params }) => params[0])).toEqual([
      'where.name; drop table',
      'where.lifecycleOperationCount',
      'sort.constructor',
      'props[1]',
    ])
    expect((await list({ where: { lifecycleOperationCount: 2 ** 52 } })).rows).toEqual([])
    const seen = { where: { workerLastSeen: '2026-02-30T10:00:00Z' } }
    expect(await list(seen)).toMatchObject({ rows: [] })
    for (const odd of [{ where: { name: 'a\0' } }, { where: { workerLastSeen: 'now' } }, { page: 2 ** 52 }]) {
      await expect(list(odd)).rejects.toMatchObject({ code: 'io.windlass.invalid' })
    }
    const listed = await listInstallations(
      admin,
      'default',
      ListQuery.parse({ where: { clusterName: 'list-b' }, props: ['name', 'configSpec'], count: true }),
    )
    expect(listed).toMatchObject({
      rows: [{ name: 'one', configSpec: [{ type: 'image' }] }, { name: 'two' }],
      total: 2,
    })
  })

  it('that are forgotten name what a worker had in hand, though it had reported nothing', async () => {
    const cluster = await makeCluster(admin, 'in-hand')
    await deployInstallation(admin, 'default', 'in-hand', deployData('claimed'))
    await claimAll(cluster)
    await deployInstallation(admin, 'default', 'in-hand', deployData('untouched'))
    const { mayStillExist } = await deleteCluster(admin, 'default', 'in-hand', {
      forget: true,
      confirmedName: 'in-hand',
    })
    expect(mayStillExist.map(({ installationName }) => installationName)).toEqual(['claimed'])
  })

  it('that hold something are deleted only when they are forgotten, by name', async () => {
    const cluster = await makeCluster(admin, 'full')
    const secret = { type: 'environmentVariable', name: 'A', value: 'b', asSecret: true }
    await deployInstallation(admin, 'default', 'full', deployData('kept', secret))
    const [item] = await claimAll(cluster)
    if (!item) throw new Error('nothing to claim')
    await finishItem(cluster, item, { observed: allReady })
    const running = await requestOperation(admin, 'default', {
      installationName: 'kept',
      operation: 'restart',
    })
    const [held] = await claimAll(cluster)
    const waiting = await deployInstallation(admin, 'default', 'full', deployData('waiting'))
    const profile = 'default.k8sWorker__system'
    const mine = await createToken(admin, 'default', { name: 'mine', profile, clusters: ['full'] })
    const twice = await createToken(admin, 'default', {
      name: 'twice',
      profile,
      clusters: ['full', 'full'],
    })
    await makeCluster(admin, 'other')
    const shared = await createToken(admin, 'default', {
      name: 'shared',
      profile,
      clusters: ['full', 'other'],
    })

    await expect(deleteCluster(admin, 'default', 'full')).rejects.toThrow(
      "Cluster 'full' has 2 installations (",
    )
    await expect(
      deleteCluster(admin, 'default', 'full', { forget: true, confirmedName: 'fool' }),
    ).rejects.toMatchObject({ code: 'io.windlass.invalid' })
    const { mayStillExist } = await deleteCluster(admin, 'default', 'full', {
      forget: true,
      confirmedName: 'full',
    })
    expect(mayStillExist).toMatchObject([
      { installationName: 'kept', k8sNamespace: 'apps', objects: [{ kind: 'StatefulSet' }] },
    ])
    for (const { requestId } of [running, waiting]) {
      expect((await getFinishedWorkitem(admin, 'default', requestId)).status).toBe('CANCELLED')
    }
    if (held) {
      await expect(finishItem(cluster, held)).rejects.toMatchObject({ code: 'io.windlass.lease.stale' })
    }
    await expect(getInstallation(admin, 'default', 'kept')).rejects.toThrow('could not be found')
    expect(
      await getDatabase()
        .select()
        .from(secretValues)
        .where(eq(secretValues.namespaceId, cluster.namespaceId)),
    ).toEqual([])
    expect(await findActorOfToken(mine.token)).toBeNull()
    expect(await findActorOfToken(twice.token)).toBeNull()
    expect(await findActorOfToken(shared.token)).toMatchObject({ kind: 'worker', clusters: ['other'] })
  })

  it('leave no token that names them, also when it was made in that moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const name = `short-lived-${round}`
      await makeCluster(admin, name)
      const profile = 'default.k8sWorker__system'
      const [made] = await Promise.allSettled([
        createToken(admin, 'default', { name, profile, clusters: [name] }),
        deleteCluster(admin, 'default', name),
      ])
      if (made.status === 'fulfilled') expect(await findActorOfToken(made.value.token)).toBeNull()
      else expect(made.reason).toMatchObject({ code: 'io.windlass.invalid' })
    }
  })

  it('are never deleted under a deploy that is just being accepted', async () => {
    for (let round = 0; round < 10; round += 1) {
      const name = `race-${round}`
      await makeCluster(admin, name)
      const [deployed, deleted] = await Promise.allSettled([
        deployInstallation(admin, 'default', name, deployData(`app-${round}`)),
        deleteCluster(admin, 'default', name),
      ])
      expect([deployed.status, deleted.status].sort()).toEqual(['fulfilled', 'rejected'])
      const refused = [deployed, deleted].find((outcome) => outcome.status === 'rejected')
      expect(refused?.reason).toMatchObject({ name: 'DomainError' })
    }
  })
})
