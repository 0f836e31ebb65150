import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  imageItem,
  leaseItem,
  readInventory,
  runItemOn,
  startTestCluster,
  type TestCluster,
} from '#ci/test-cluster.ts'
import type { ConfigItem } from '#lib/domain/deploy-config/config.ts'
import type { LeasedItem } from '#lib/protocol/messages.ts'

let cluster: TestCluster
beforeAll(async () => void (cluster = await startTestCluster()))
afterAll(() => cluster.close())

let count = 0
const newName = () => `fenced-${(count += 1)}`

const file = (content: string): ConfigItem => ({
  type: 'file',
  path: '/etc/app',
  filename: 'app.conf',
  content,
})
const variable = (value: string): ConfigItem => ({
  type: 'environmentVariable',
  name: 'P',
  value,
  asSecret: true,
})
const port: ConfigItem = { type: 'inboundPort', port: 8080, protocol: 'TCP' }

/** The same installation at another revision, with a newer lease. */
const claimAgain = (item: LeasedItem, given: Partial<LeasedItem> & { config?: ConfigItem[] } = {}) =>
  leaseItem({
    ownership: item.ownership,
    installationName: item.installationName,
    config: item.config as ConfigItem[],
    revision: item.revision,
    ...given,
  })

/** Dies in the place of write number `write`, counted from 1; null when the item had fewer. */
async function dieAtWrite(item: LeasedItem, write: number): Promise<boolean> {
  let writes = 0
  const { end } = await runItemOn(cluster, item, {
    beforeWrite(lease) {
      writes += 1
      if (writes === write) lease.lose('The worker died.')
    },
  })
  return end === null
}

describe('a worker that dies between any two writes', { timeout: 30_000 }, () => {
  it('leaves nothing that the next lease of a first deploy does not complete', async () => {
    const config = [imageItem(), file('a'), variable('x'), port]
    for (let write = 1; ; write += 1) {
      const name = newName()
      const item = leaseItem({ installationName: name, config })
      const died = await dieAtWrite(item, write)
      const listed = JSON.parse((await readInventory(cluster, name))?.objects ?? '[]') as {
        kind: string
        name: string
      }[]
      const accounted = new Set(listed.map((object) => `${object.kind} ${object.name}`))
      const existing = (await cluster.listOwned(item.ownership)).filter((each) => !each.endsWith('inventory'))
      expect(
        existing.filter((each) => !accounted.has(each)),
        `died at write ${write}`,
      ).toEqual([])
      if (!died) break
      expect((await runItemOn(cluster, claimAgain(item))).end?.outcome).toEqual({ status: 'SUCCEEDED' })
      expect(await cluster.listOwned(item.ownership)).toHaveLength(7)
      expect(write).toBeLessThan(20)
    }
  })

  it('leaves nothing that a newer revision, or an undeploy, does not clean up', async () => {
    const first = [imageItem(), file('a'), variable('x'), port]
    const second = [imageItem('registry.example/app:2'), { ...file('b'), path: '/etc/other' } as ConfigItem]
    for (let write = 1; ; write += 1) {
      const item = leaseItem({ installationName: newName(), config: first })
      await runItemOn(cluster, item)
      const update = claimAgain(item, { config: second, revision: 2 })
      const died = await dieAtWrite(update, write)
      if (!died) break
      const next =
        write % 2 === 0
          ? claimAgain(item, { config: [imageItem()], revision: 3 })
          : claimAgain(item, { operation: 'undeploy', revision: 2 })
      expect((await runItemOn(cluster, next)).end?.outcome).toEqual({ status: 'SUCCEEDED' })
      expect(await cluster.listOwned(item.ownership), `died at write ${write}`).toHaveLength(
        write % 2 === 0 ? 3 : 0,
      )
      expect(write).toBeLessThan(20)
    }
  })

  it('leaves an undeploy that the next lease completes', async () => {
    for (let write = 1; ; write += 1) {
      const item = leaseItem({ installationName: newName(), config: [imageItem(), file('a'), port] })
      await runItemOn(cluster, item)
      const died = await dieAtWrite(claimAgain(item, { operation: 'undeploy' }), write)
      if (!died) break
      const again = await runItemOn(cluster, claimAgain(item, { operation: 'undeploy' }))
      expect(again.end?.outcome).toEqual({ status: 'SUCCEEDED' })
      expect(await cluster.listOwned(item.ownership), `died at write ${write}`).toEqual([])
      expect(write).toBeLessThan(20)
    }
  })
})

describe('a worker that fell behind', { timeout: 30_000 }, () => {
  it('is refused when it comes with an older revision or lease', async () => {
    const item = leaseItem({ installationName: newName() })
    const olderLease = claimAgain(item)
    const newer = claimAgain(item, { revision: 2 })
    await runItemOn(cluster, newer)
    await cluster.takeWrites()
    for (const old of [item, olderLease, { ...newer, lease: item.lease }]) {
      const { end } = await runItemOn(cluster, old)
      expect(end?.outcome).toMatchObject({ status: 'FAILED', error: { cause: 'conflict' } })
      expect(JSON.stringify(end?.outcome)).toMatch(/is older and changes nothing/)
    }
    expect(await cluster.takeWrites()).toEqual([])
  })

  /**
   * The older worker is stopped in its tracks just before each of its writes, a newer one does all its work, then the
   * older goes on as if its lease were still good: the cluster's own fence must hold without any clock.
   */
  it.each([
    ['another image', [imageItem('registry.example/app:3'), file('a')]],
    ['what stood there before', [imageItem('registry.example/app:1'), file('a')]],
  ])('cannot overwrite a newer revision that wants %s', async (_, newest) => {
    for (let write = 2; ; write += 1) {
      const item = leaseItem({
        installationName: newName(),
        config: [imageItem('registry.example/app:1'), file('a')],
      })
      await runItemOn(cluster, item)
      const older = claimAgain(item, {
        config: [imageItem('registry.example/app:2'), file('b')],
        revision: 2,
      })
      const newer = claimAgain(item, { config: newest, revision: 3 })
      let overtaken: Promise<unknown> | null = null
      const paused = pauseBeforeWrite(write, async () => {
        overtaken = runItemOn(cluster, newer)
        await overtaken
      })
      const { end } = await runItemOn({ ...cluster, kubernetes: paused(cluster.kubernetes) }, older)
      if (overtaken === null) break
      expect(end?.outcome, `paused before write ${write}`).toMatchObject({
        status: 'FAILED',
        error: { cause: 'conflict' },
      })
      const live = (kind: 'StatefulSet' | 'ConfigMap', name: string) =>
        cluster.kubernetes.get({ kind, namespace: 'default', name })
      const image = (newest[0] as { name: string }).name
      expect(await live('StatefulSet', item.installationName)).toMatchObject({
        spec: { template: { spec: { containers: [{ image }] } } },
      })
      expect(await live('ConfigMap', `vantiq-${item.installationName}-configmap-0`)).toMatchObject({
        data: { 'app.conf': 'a' },
      })
      expect(await readInventory(cluster, item.installationName)).toMatchObject({
        revision: '3',
        settled: 'true',
      })
      expect(write).toBeLessThan(20)
    }
  })

  it('cannot bring back what was undeployed meanwhile', async () => {
    for (let write = 1; ; write += 1) {
      const item = leaseItem({
        installationName: newName(),
        config: [imageItem('registry.example/app:1'), file('a')],
      })
      await runItemOn(cluster, item)
      const older = claimAgain(item, {
        config: [imageItem('registry.example/app:2'), file('b')],
        revision: 2,
      })
      const newer = claimAgain(item, { operation: 'undeploy', revision: 2 })
      let overtaken = false
      const paused = pauseBeforeWrite(write, async () => {
        overtaken = true
        await runItemOn(cluster, newer)
      })
      const { end } = await runItemOn({ ...cluster, kubernetes: paused(cluster.kubernetes) }, older)
      if (!overtaken) break
      expect(end?.outcome, `paused before write ${write}`).toMatchObject({ error: { cause: 'conflict' } })
      expect(await cluster.listOwned(item.ownership), `paused before write ${write}`).toEqual([])
      expect(write).toBeLessThan(20)
    }
  })
})

type Client = TestCluster['kubernetes']

/** A client that stands still before its nth write until `meanwhile` is done. */
function pauseBeforeWrite(nth: number, meanwhile: () => Promise<void>) {
  let writes = 0
  const pause = async () => {
    writes += 1
    if (writes === nth) await meanwhile()
  }
  const wrap = (client: Client): Client => ({
    ...client,
    create: async (object) => (await pause(), client.create(object)),
    replace: async (object) => (await pause(), client.replace(object)),
    apply: async (object) => (await pause(), client.apply(object)),
    delete: async (object, policy) => (await pause(), client.delete(object, policy)),
    guardedBy: (guard) => wrap(client.guardedBy(guard)),
  })
  return wrap
}
