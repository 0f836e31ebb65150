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
import type { KubernetesObject } from '#lib/domain/kubernetes-object.ts'
import type { LeasedItem } from '#lib/protocol/messages.ts'

let cluster: TestCluster
beforeAll(async () => void (cluster = await startTestCluster()))
afterAll(() => cluster.close())

let count = 0
const config: ConfigItem[] = [
  imageItem('registry.example/app:1', 2),
  { type: 'file', path: '/etc/app', filename: 'app.conf', content: 'a' },
  { type: 'environmentVariable', name: 'P', value: 'x', asSecret: true },
  { type: 'inboundPort', port: 8080, protocol: 'TCP' },
]

async function deployed(): Promise<LeasedItem> {
  const item = leaseItem({ installationName: `ran-${(count += 1)}`, config })
  const { end } = await runItemOn(cluster, item)
  expect(end?.outcome).toEqual({ status: 'SUCCEEDED' })
  await cluster.takeWrites()
  return item
}

const ask = (item: LeasedItem, operation: LeasedItem['operation'], given: Partial<LeasedItem> = {}) =>
  leaseItem({
    ownership: item.ownership,
    installationName: item.installationName,
    revision: item.revision,
    operation,
    ...given,
    config: (given.config ?? config) as ConfigItem[],
  })

const listPods = (item: LeasedItem) =>
  cluster.kubernetes.list('Pod', 'default', {
    labelSelector: `windlass.dev/installation=${item.ownership.installationId}`,
  })
const uids = (objects: KubernetesObject[]) => objects.map((object) => object.metadata.uid ?? '').sort()

describe('shutdown and restart', { timeout: 20_000 }, () => {
  it('stop and start without making or removing an object', async () => {
    const item = await deployed()
    const before = await cluster.listOwned(item.ownership)
    const stopped = await runItemOn(cluster, ask(item, 'shutdown'))
    expect(stopped.end).toMatchObject({
      outcome: { status: 'SUCCEEDED' },
      observed: { exists: true, replicasWanted: 0, replicasReady: 0 },
    })
    expect(stopped.end?.objects).toHaveLength(6)
    expect(await listPods(item)).toEqual([])
    const inventory = `PUT ConfigMap vantiq-${item.installationName}-inventory`
    expect(await cluster.takeWrites()).toEqual([
      inventory,
      `PATCH StatefulSet ${item.installationName}`,
      inventory,
    ])

    const started = await runItemOn(cluster, ask(item, 'restart'))
    expect(started.end).toMatchObject({
      outcome: { status: 'SUCCEEDED' },
      observed: { replicasWanted: 2, replicasReady: 2 },
    })
    expect(await cluster.listOwned(item.ownership)).toEqual(before)
  })

  it('rolls the pods of a running one, once for each request', async () => {
    const item = await deployed()
    const before = uids(await listPods(item))
    const request = ask(item, 'restart')
    expect((await runItemOn(cluster, request)).end?.outcome).toEqual({ status: 'SUCCEEDED' })
    const after = uids(await listPods(item))
    expect(after.filter((uid) => before.includes(uid))).toEqual([])
    const repeated = ask(item, 'restart', { requestId: request.requestId })
    expect((await runItemOn(cluster, repeated)).end?.outcome).toEqual({ status: 'SUCCEEDED' })
    expect(uids(await listPods(item))).toEqual(after)
  })

  it('leaves a mark that no later deploy takes away', async () => {
    const item = await deployed()
    await runItemOn(cluster, ask(item, 'restart'))
    const pods = uids(await listPods(item))
    const { end } = await runItemOn(cluster, ask(item, 'deploy', { revision: 2 }))
    expect(end?.outcome).toEqual({ status: 'SUCCEEDED' })
    expect(uids(await listPods(item))).toEqual(pods)
  })

  it('is followed by a deploy that starts what was stopped', async () => {
    const item = await deployed()
    await runItemOn(cluster, ask(item, 'shutdown'))
    const { end } = await runItemOn(cluster, ask(item, 'deploy', { revision: 2 }))
    expect(end).toMatchObject({ outcome: { status: 'SUCCEEDED' }, observed: { replicasReady: 2 } })
  })

  it('fails to restart what is not there, and finds it stopped already', async () => {
    const never = leaseItem({ installationName: 'never-applied' })
    const restarted = await runItemOn(cluster, ask(never, 'restart'))
    expect(restarted.end?.outcome).toMatchObject({ status: 'FAILED', error: { cause: 'invalid' } })
    const stopped = await runItemOn(cluster, ask(never, 'shutdown'))
    expect(stopped.end).toMatchObject({ outcome: { status: 'SUCCEEDED' }, observed: { exists: false } })
  })
})

describe('undeploy', { timeout: 20_000 }, () => {
  const claimOf = (item: LeasedItem): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: `vantiq-${item.installationName}-persistentvolumeclaim-0`,
      namespace: 'default',
      labels: {
        'windlass.dev/console': item.ownership.consoleId,
        'windlass.dev/namespace': item.ownership.namespaceId,
        'windlass.dev/cluster': item.ownership.clusterId,
        'windlass.dev/installation': item.ownership.installationId,
      },
    },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  })

  it('removes everything generated and nothing else, claims only when asked to', async () => {
    const item = await deployed()
    const other = await deployed()
    const others = await cluster.listOwned(other.ownership)
    await cluster.writeAs('windlass-k8s-worker', claimOf(item))
    const { end } = await runItemOn(cluster, ask(item, 'undeploy'))
    const claim = `PersistentVolumeClaim vantiq-${item.installationName}-persistentvolumeclaim-0`
    expect(end?.outcome).toEqual({ status: 'SUCCEEDED' })
    expect(end?.objects?.map(({ kind, name }) => `${kind} ${name}`)).toEqual([claim])
    expect(await cluster.listOwned(item.ownership)).toEqual([claim])
    expect(await listPods(item)).toEqual([])
    const withVolumes = await runItemOn(cluster, ask(item, 'undeploy', { deleteVolumes: true }))
    expect(withVolumes.end).toMatchObject({ outcome: { status: 'SUCCEEDED' }, objects: [] })
    expect(await cluster.listOwned(item.ownership)).toEqual([])
    expect(await readInventory(cluster, item.installationName)).toBeNull()
    expect(await cluster.listOwned(other.ownership)).toEqual(others)
  })

  it('is content with what is gone already, all or part of it', async () => {
    const item = await deployed()
    const half = await cluster.kubernetes.get({
      kind: 'StatefulSet',
      namespace: 'default',
      name: item.installationName,
    })
    if (half) await cluster.kubernetes.delete(half)
    expect((await runItemOn(cluster, ask(item, 'undeploy'))).end?.outcome).toEqual({ status: 'SUCCEEDED' })
    await cluster.takeWrites()
    expect((await runItemOn(cluster, ask(item, 'undeploy'))).end).toMatchObject({
      outcome: { status: 'SUCCEEDED' },
      objects: [],
      observed: { exists: false },
    })
    expect(await cluster.takeWrites()).toEqual([])
  })

  it('says which object hangs on which finalizer, and goes on from there', async () => {
    const item = await deployed()
    const name = `vantiq-${item.installationName}-service-0`
    const held = (finalizers: string[]) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'default', finalizers },
    })
    await cluster.writeAs('load-balancer', held(['example.com/keep']))
    const { end } = await runItemOn(cluster, ask(item, 'undeploy'), { rolloutTimeoutMilliseconds: 200 })
    expect(end?.outcome).toMatchObject({
      status: 'FAILED',
      error: { cause: 'timeout', object: `Service ${name}` },
    })
    expect(JSON.stringify(end?.outcome)).toMatch(/example\.com\/keep/)
    expect(end?.objects?.map((object) => object.name)).toContain(name)
    await cluster.writeAs('load-balancer', held([]))
    expect((await runItemOn(cluster, ask(item, 'undeploy'))).end?.outcome).toEqual({ status: 'SUCCEEDED' })
    expect(await cluster.listOwned(item.ownership)).toEqual([])
  })
})
