import { createHash } from 'node:crypto'
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
import { ConsoleError } from '#lib/protocol/client-error.ts'
import type { LeasedItem } from '#lib/protocol/messages.ts'
import { readOwnedFields } from '../kubernetes/owned-fields.ts'

let cluster: TestCluster
beforeAll(async () => void (cluster = await startTestCluster()))
afterAll(() => cluster.close())

let count = 0
const newName = () => `app-${(count += 1)}`

const file: ConfigItem = { type: 'file', path: '/etc/app', filename: 'app.conf', content: 'a=1' }
const secretVariable: ConfigItem = {
  type: 'environmentVariable',
  name: 'PASSWORD',
  value: 'hunter2',
  asSecret: true,
}
const port: ConfigItem = { type: 'inboundPort', port: 8080, protocol: 'TCP' }
const everything = [imageItem(), file, secretVariable, port]

/** The next revision of the same installation, with a new lease. */
const revise = (item: LeasedItem, given: { config?: ConfigItem[] } & Partial<LeasedItem> = {}) =>
  leaseItem({
    ownership: item.ownership,
    installationName: item.installationName,
    config: item.config as ConfigItem[],
    revision: item.revision + 1,
    ...given,
  })

async function statefulSet(
  name: string,
): Promise<KubernetesObject & { spec: { template: KubernetesObject } }> {
  const found = await cluster.kubernetes.get({ kind: 'StatefulSet', namespace: 'default', name })
  if (!found) throw new Error(`StatefulSet ${name} is not there`)
  return found as KubernetesObject & { spec: { template: KubernetesObject } }
}

describe('deploy', { timeout: 20_000 }, () => {
  it('makes every object, waits for the pods and keeps account of all', async () => {
    const name = newName()
    const item = leaseItem({ installationName: name, config: everything })
    const { end, progress } = await runItemOn(cluster, item)
    const expected = [
      `ConfigMap vantiq-${name}-configmap-0`,
      `Ingress vantiq-${name}-ingress-0`,
      `Secret vantiq-${name}-secret-0`,
      `Service vantiq-${name}-headless`,
      `Service vantiq-${name}-service-0`,
      `StatefulSet ${name}`,
    ]
    expect(end).toMatchObject({
      outcome: { status: 'SUCCEEDED' },
      statefulSetUid: (await statefulSet(name)).metadata.uid,
      observed: { exists: true, replicasWanted: 1, replicasReady: 1, isCurrent: true, trouble: [] },
    })
    expect(end?.objects?.map((object) => `${object.kind} ${object.name}`).sort()).toEqual(expected)
    expect(await cluster.listOwned(item.ownership)).toEqual(
      [...expected, `ConfigMap vantiq-${name}-inventory`].sort(),
    )
    const inventory = await readInventory(cluster, name)
    expect(inventory).toMatchObject({ revision: '1', lease: String(item.lease.number), settled: 'true' })
    expect(inventory?.objects).not.toContain('hunter2')
    expect(inventory).not.toHaveProperty('checksumKey')
    expect(progress.map((each) => each.progress.step)).toEqual(
      expect.arrayContaining(['preparing', 'applying', 'rollingOut']),
    )
    expect(progress.at(-1)?.progress).toMatchObject({ objectsDone: 6, objectsTotal: 6, replicasReady: 1 })
  })

  it('is written in the order that pods need', async () => {
    const name = newName()
    await cluster.takeWrites()
    await runItemOn(cluster, leaseItem({ installationName: name, config: everything }))
    const writes = await cluster.takeWrites()
    expect(writes[0]).toBe(`POST ConfigMap vantiq-${name}-inventory`)
    expect(writes.at(-1)).toBe(`PUT ConfigMap vantiq-${name}-inventory`)
    expect(writes.at(-2)).toBe(`PATCH StatefulSet ${name}`)
  })

  it('writes nothing but its account when nothing changed', async () => {
    const name = newName()
    const item = leaseItem({ installationName: name, config: everything })
    await runItemOn(cluster, item)
    await cluster.takeWrites()
    const before = await statefulSet(name)
    const { end } = await runItemOn(cluster, revise(item))
    expect(end?.outcome.status).toBe('SUCCEEDED')
    const inventory = `PUT ConfigMap vantiq-${name}-inventory`
    expect(await cluster.takeWrites()).toEqual([inventory, inventory])
    expect((await statefulSet(name)).metadata.resourceVersion).toBe(before.metadata.resourceVersion)
  })

  it('rolls the pods to another image, and to other content of a file', async () => {
    const name = newName()
    const item = leaseItem({ installationName: name, config: everything })
    await runItemOn(cluster, item)
    const second = revise(item, { config: [imageItem('registry.example/app:2'), file, secretVariable, port] })
    await cluster.takeWrites()
    expect((await runItemOn(cluster, second)).end?.outcome.status).toBe('SUCCEEDED')
    expect((await cluster.takeWrites()).filter((write) => !write.includes('inventory'))).toEqual([
      `PATCH StatefulSet ${name}`,
    ])
    const pods = await cluster.kubernetes.list('Pod', 'default', {
      labelSelector: `windlass.dev/installation=${item.ownership.installationId}`,
    })
    expect(pods.map((pod) => (pod.spec as { containers: { image: string }[] }).containers[0]?.image)).toEqual(
      ['registry.example/app:2'],
    )
    const checksum = (await statefulSet(name)).spec.template.metadata.annotations?.['windlass.dev/checksum']
    const changed: ConfigItem[] = [
      imageItem('registry.example/app:2'),
      { ...file, content: 'a=2' },
      secretVariable,
      port,
    ]
    await runItemOn(cluster, revise(second, { config: changed }))
    const next = (await statefulSet(name)).spec.template.metadata.annotations?.['windlass.dev/checksum']
    expect(next).not.toBe(checksum)
  })

  it('removes what is no longer generated, and nothing of anybody else', async () => {
    const name = newName()
    const item = leaseItem({ installationName: name, config: everything })
    await runItemOn(cluster, item)
    await cluster.writeAs('someone', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `vantiq-${name}-configmap-7`, namespace: 'default' },
      data: { theirs: 'yes' },
    })
    const { end } = await runItemOn(cluster, revise(item, { config: [imageItem()] }))
    expect(end?.outcome.status).toBe('SUCCEEDED')
    const left = [
      `ConfigMap vantiq-${name}-inventory`,
      `Service vantiq-${name}-headless`,
      `StatefulSet ${name}`,
    ]
    expect(await cluster.listOwned(item.ownership)).toEqual(left)
    expect(JSON.parse((await readInventory(cluster, name))?.objects ?? '')).toHaveLength(2)
    const theirs = { kind: 'ConfigMap', namespace: 'default', name: `vantiq-${name}-configmap-7` } as const
    expect(await cluster.kubernetes.get(theirs)).not.toBeNull()
  })

  it.each([
    ['StatefulSet', 'apps/v1', (name: string) => name],
    ['Service', 'v1', (name: string) => `vantiq-${name}-service-0`],
    ['ConfigMap', 'v1', (name: string) => `vantiq-${name}-inventory`],
  ])('leaves a %s of somebody else untouched, and writes nothing', async (kind, apiVersion, nameOf) => {
    const name = newName()
    const labels = { app: 'theirs' }
    const specs: Record<string, object> = {
      StatefulSet: {
        spec: {
          serviceName: 'theirs',
          replicas: 0,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [{ name: 'theirs', image: 'theirs' }] } },
        },
      },
      Service: { spec: { ports: [{ port: 80, protocol: 'TCP' }] } },
      ConfigMap: { data: { theirs: 'yes' } },
    }
    await cluster.writeAs('someone', {
      apiVersion,
      kind,
      metadata: { name: nameOf(name), namespace: 'default', labels },
      ...specs[kind],
    })
    await cluster.takeWrites()
    const { end } = await runItemOn(cluster, leaseItem({ installationName: name, config: everything }))
    expect(end?.outcome).toMatchObject({
      status: 'FAILED',
      error: { cause: 'conflict', object: `${kind} ${nameOf(name)}` },
    })
    expect(await cluster.takeWrites()).toEqual([])
  })

  it('forces no field that another manager set, and names both', async () => {
    const name = newName()
    const item = leaseItem({ installationName: name })
    await runItemOn(cluster, item)
    const scaled = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name, namespace: 'default' } }
    await cluster.writeAs('kubectl-scale', { ...scaled, spec: { replicas: 2 } })
    const { end } = await runItemOn(cluster, revise(item))
    expect(end?.outcome).toMatchObject({ status: 'FAILED', error: { cause: 'conflict' } })
    expect(JSON.stringify(end?.outcome)).toMatch(/\.spec\.replicas.*kubectl-scale/)
    expect(end?.objects).toHaveLength(2)
  })

  it('shows why an image cannot be pulled at once, and fails with it when time is up', async () => {
    const name = newName()
    const item = leaseItem({ installationName: name, config: [imageItem('registry.example/fault-pull:1')] })
    const { end, progress } = await runItemOn(cluster, item, { rolloutTimeoutMilliseconds: 600 })
    expect(end?.outcome).toMatchObject({ status: 'FAILED', error: { cause: 'timeout' } })
    expect(JSON.stringify(end?.outcome)).toMatch(/ImagePullBackOff|ErrImagePull/)
    const reasons = progress.flatMap((each) => each.observed?.trouble.map(({ reason }) => reason) ?? [])
    expect(reasons.length).toBeGreaterThan(1)
    expect(await readInventory(cluster, name)).toMatchObject({ settled: 'true' })
  })

  it('gets a rollout unstuck that waits for a broken older revision', async () => {
    const name = newName()
    const item = leaseItem({
      installationName: name,
      config: [imageItem('registry.example/never-ready:1', 2)],
    })
    expect((await runItemOn(cluster, item, { rolloutTimeoutMilliseconds: 300 })).end?.outcome.status).toBe(
      'FAILED',
    )
    const { end } = await runItemOn(
      cluster,
      revise(item, { config: [imageItem('registry.example/app:2', 2)] }),
    )
    expect(end).toMatchObject({ outcome: { status: 'SUCCEEDED' }, observed: { replicasReady: 2 } })
  })

  it('gets a rollout unstuck that goes back to the revision before the broken one', async () => {
    const config: ConfigItem[] = [imageItem('registry.example/app:1', 2)]
    const item = leaseItem({ installationName: newName(), config })
    expect((await runItemOn(cluster, item)).end?.outcome.status).toBe('SUCCEEDED')
    const broken = revise(item, { config: [imageItem('registry.example/never-ready:2', 2)] })
    expect((await runItemOn(cluster, broken, { rolloutTimeoutMilliseconds: 300 })).end?.outcome.status).toBe(
      'FAILED',
    )
    // Kubernetes gives the same template its old revision name again, so current and update revision are equal.
    const { end } = await runItemOn(cluster, revise(broken, { config }), {
      rolloutTimeoutMilliseconds: 5000,
    })
    expect(end).toMatchObject({ outcome: { status: 'SUCCEEDED' }, observed: { replicasReady: 2 } })
  })

  it('makes a Service anew whose address cannot be changed', async () => {
    const name = newName()
    const withAddress = (clusterIP: string): ConfigItem[] => [
      imageItem(),
      { type: 'inboundPort', port: 80, protocol: 'TCP', serviceType: 'ClusterIP', clusterIP },
    ]
    const item = leaseItem({ installationName: name, config: withAddress('10.96.7.7') })
    await runItemOn(cluster, item)
    const { end } = await runItemOn(cluster, revise(item, { config: withAddress('10.96.7.8') }))
    expect(end?.outcome).toEqual({ status: 'SUCCEEDED' })
    const address = { kind: 'Service', namespace: 'default', name: `vantiq-${name}-service-0` } as const
    expect(await cluster.kubernetes.get(address)).toMatchObject({ spec: { clusterIP: '10.96.7.8' } })
  })

  it('makes a StatefulSet anew whose field cannot be changed, and keeps its pods', async () => {
    const name = newName()
    const item = leaseItem({ installationName: name })
    await runItemOn(cluster, item)
    const before = await statefulSet(name)
    const labelSelector = `windlass.dev/installation=${item.ownership.installationId}`
    const pods = await cluster.kubernetes.list('Pod', 'default', { labelSelector })
    // As an earlier version of this worker might have made it.
    await cluster.kubernetes.delete(before, 'Orphan')
    const owned = readOwnedFields(before) as { metadata: object; spec: object }
    await cluster.writeAs('windlass-k8s-worker', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { ...owned.metadata, name, namespace: 'default' },
      spec: { ...owned.spec, podManagementPolicy: 'Parallel' },
    })
    const { end } = await runItemOn(cluster, revise(item))
    expect(end?.outcome).toEqual({ status: 'SUCCEEDED' })
    const after = await statefulSet(name)
    expect(after.metadata.uid).not.toBe(before.metadata.uid)
    expect(after.spec).toMatchObject({ podManagementPolicy: 'OrderedReady' })
    const kept = await cluster.kubernetes.list('Pod', 'default', { labelSelector })
    expect(kept.map((pod) => pod.metadata.uid)).toEqual(pods.map((pod) => pod.metadata.uid))
  })

  it('mounts library content, checked against what was pinned', async () => {
    const name = newName()
    const bytes = Buffer.from('from the library')
    const contentSha256 = createHash('sha256').update(bytes).digest('hex')
    const config: ConfigItem[] = [
      imageItem(),
      { type: 'file', path: '/data', resourceType: 'documents', resourceName: 'a.txt', contentSha256 },
    ]
    const item = leaseItem({ installationName: name, config })
    const good = await runItemOn(cluster, item, { contents: new Map([[contentSha256, bytes]]) })
    expect(good.end?.outcome).toEqual({ status: 'SUCCEEDED' })
    const bad = await runItemOn(cluster, revise(item), {
      contents: new Map([[contentSha256, Buffer.from('other')]]),
    })
    expect(bad.end?.outcome).toMatchObject({ status: 'INVALID', error: { cause: 'invalid' } })
  })

  it('waits for library content while the console is away', async () => {
    const bytes = Buffer.from('from the library')
    const contentSha256 = createHash('sha256').update(bytes).digest('hex')
    const config: ConfigItem[] = [
      imageItem(),
      { type: 'file', path: '/data', resourceType: 'documents', resourceName: 'a.txt', contentSha256 },
    ]
    const answers = [new ConsoleError('network', 'refused'), new ConsoleError('unavailable', 'starting')]
    const { end } = await runItemOn(cluster, leaseItem({ installationName: newName(), config }), {
      contents: new Map([[contentSha256, bytes]]),
      beforeContent() {
        const answer = answers.shift()
        if (answer) throw answer
      },
    })
    expect(end?.outcome).toEqual({ status: 'SUCCEEDED' })
  })

  it('refuses by policy before anything is written', async () => {
    await cluster.takeWrites()
    const config: ConfigItem[] = [{ ...imageItem(), imagePullSecret: 'quay-secret' } as ConfigItem]
    const { end } = await runItemOn(cluster, leaseItem({ installationName: newName(), config }))
    expect(end?.outcome).toMatchObject({ status: 'FAILED', error: { cause: 'refused' } })
    expect(JSON.stringify(end?.outcome)).toMatch(/workerNames/)
    expect(await cluster.takeWrites()).toEqual([])
  })

  it('says which namespace is missing, and which type it does not know', async () => {
    const missing = await runItemOn(
      cluster,
      leaseItem({ installationName: newName(), k8sNamespace: 'nowhere' }),
    )
    expect(missing.end?.outcome).toMatchObject({ status: 'FAILED', error: { cause: 'refused' } })
    expect(JSON.stringify(missing.end?.outcome)).toMatch(/namespace \\"nowhere\\" does not exist/)
    const future = { ...leaseItem({ installationName: newName() }), config: [{ type: 'hologram' }] }
    const unknown = await runItemOn(cluster, future)
    expect(unknown.end?.outcome).toMatchObject({ status: 'INVALID', error: { cause: 'invalid' } })
    expect(JSON.stringify(unknown.end?.outcome)).toMatch(/hologram.*upgrade the worker/)
  })

  it('gets over an API server that is busy, breaks off or loses an answer', async () => {
    const name = newName()
    await cluster.orderFault([
      { method: 'PATCH', path: `vantiq-${name}-headless`, status: 429, headers: { 'retry-after': '0' } },
      { method: 'PATCH', path: `statefulsets/${name}`, breakConnection: 'after' },
      { method: 'POST', path: 'configmaps', breakConnection: 'after' },
    ])
    const item = leaseItem({ installationName: name })
    const { end } = await runItemOn(cluster, item)
    expect(end?.outcome).toEqual({ status: 'SUCCEEDED' })
    expect(await cluster.listOwned(item.ownership)).toHaveLength(3)
  })
})
