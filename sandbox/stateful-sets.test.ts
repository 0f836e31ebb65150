import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from './start-sandbox.ts'
import { connect, corePath, setPath, statefulSet, type Answer, type Connection } from './testing/connect.ts'
import { treeAt, type KubeObject } from './trees.ts'

let sandbox: Sandbox
let api: Connection

beforeAll(async () => {
  sandbox = await startSandbox({ startMs: 10, stopMs: 5, retryMs: 20 })
  api = connect(sandbox)
})
afterAll(() => sandbox.close())

const image = (tag: string): object => ({ image: `registry.example.com/app:${tag}` })
const status = (object: KubeObject): Record<string, unknown> => treeAt(object, 'status')
const isReady = (count: number) => (set: Answer['body']) =>
  status(set).readyReplicas === count && status(set).observedGeneration === set.metadata.generation
const isRolledOut = (count: number) => (set: Answer['body']) =>
  isReady(count)(set) &&
  status(set).updatedReplicas === count &&
  status(set).currentRevision === status(set).updateRevision
const waitingReason = (pod: KubeObject): unknown => {
  const [first] = (status(pod).containerStatuses ?? []) as unknown[]
  return treeAt(first, 'state', 'waiting').reason
}
const put = (set: KubeObject): Promise<Answer> => api.apply(`${setPath}/${set.metadata.name}`, 'tests', set)

let settled = 0

/** Everything that was under way when this was called has had its turn: another set has come up meanwhile. */
async function settle(): Promise<void> {
  const name = `settle-${++settled}`
  await put(statefulSet(name))
  await api.until(`${setPath}/${name}`, isReady(1))
}

/** The changes of pods of one set, oldest first, as `ADDED name` and `DELETED name`. */
async function history(name: string): Promise<string[]> {
  const { text } = await api.send(
    'GET',
    `${corePath}/pods?watch=1&resourceVersion=1&timeoutSeconds=1&labelSelector=app=${name}`,
  )
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; object: KubeObject })
    .filter(({ type }) => type !== 'MODIFIED')
    .map(({ type, object }) => `${type} ${object.metadata.name}`)
}

describe('an ordered set', () => {
  test('starts pods one by one from 0, updates and scales down from the top', async () => {
    await put(statefulSet('ordered', { replicas: 3 }, image('1')))
    await api.until(`${setPath}/ordered`, isRolledOut(3))
    await put(statefulSet('ordered', { replicas: 3 }, image('2')))
    await api.until(`${setPath}/ordered`, isRolledOut(3))
    await put(statefulSet('ordered', { replicas: 1 }, image('2')))
    await api.until(`${setPath}/ordered`, (set) => status(set).replicas === 1)
    expect(await history('ordered')).toEqual([
      'ADDED ordered-0',
      'ADDED ordered-1',
      'ADDED ordered-2',
      'DELETED ordered-2',
      'ADDED ordered-2',
      'DELETED ordered-1',
      'ADDED ordered-1',
      'DELETED ordered-0',
      'ADDED ordered-0',
      'DELETED ordered-2',
      'DELETED ordered-1',
    ])
  })

  test('stays stuck on a pod of a broken revision though the template is corrected, until the pod is deleted', async () => {
    await put(statefulSet('stuck', { replicas: 2 }, image('1')))
    await api.until(`${setPath}/stuck`, isRolledOut(2))
    await put(statefulSet('stuck', { replicas: 2 }, image('no-such-tag')))
    const broken = await api.until(
      `${corePath}/pods/stuck-1`,
      (pod) => waitingReason(pod) === 'ImagePullBackOff',
    )
    await put(statefulSet('stuck', { replicas: 2 }, image('2')))
    await api.until(`${setPath}/stuck`, (set) => status(set).observedGeneration === set.metadata.generation)
    // The kubelet tries again and again meanwhile: the pod's version moves, its identity does not.
    const later = await api.until(
      `${corePath}/pods/stuck-1`,
      (pod) => Number(pod.metadata.resourceVersion) > Number(broken.metadata.resourceVersion) + 4,
    )
    expect(later.metadata.uid).toBe(broken.metadata.uid)
    expect(
      (await api.send('GET', `${corePath}/pods/stuck-0`)).body.metadata.deletionTimestamp,
    ).toBeUndefined()
    await api.send('DELETE', `${corePath}/pods/stuck-1`)
    await api.until(`${setPath}/stuck`, isRolledOut(2))
  })

  test('leaves pods below the partition on the old revision', async () => {
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 1 } }
    await put(statefulSet('partitioned', { replicas: 2, updateStrategy }, image('1')))
    await api.until(`${setPath}/partitioned`, isRolledOut(2))
    await put(statefulSet('partitioned', { replicas: 2, updateStrategy }, image('2')))
    const set = await api.until(
      `${setPath}/partitioned`,
      (one) => isReady(2)(one) && status(one).updatedReplicas === 1 && status(one).currentReplicas === 1,
    )
    expect(status(set).currentRevision).not.toBe(status(set).updateRevision)
    const { body } = await api.send('GET', `${corePath}/pods/partitioned-0`)
    expect(body.metadata.labels?.['controller-revision-hash']).toBe(status(set).currentRevision)
  })

  test('a pod whose ConfigMap or Secret is missing waits, and starts when it comes', async () => {
    const volumes = [{ name: 'config', configMap: { name: 'later-map' } }]
    const set = statefulSet(
      'waiting',
      {},
      { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'later-secret', key: 'a' } } }] },
    )
    Object.assign(treeAt(set, 'spec', 'template', 'spec'), { volumes })
    await put(set)
    const about = `${corePath}/events?fieldSelector=involvedObject.name=waiting-0`
    const reasonsOf = (body: Answer['body']): unknown[] => body.items.map((event) => event.reason)
    await api.until(about, (body) => reasonsOf(body).includes('FailedMount'))
    await api.send('POST', `${corePath}/configmaps`, { metadata: { name: 'later-map' } })
    const held = await api.until(
      `${corePath}/pods/waiting-0`,
      (pod) => waitingReason(pod) === 'CreateContainerConfigError',
    )
    expect(JSON.stringify(held.status)).toContain('secret \\"later-secret\\" not found')
    await api.send('POST', `${corePath}/secrets`, {
      metadata: { name: 'later-secret' },
      stringData: { a: '1' },
    })
    await api.until(`${setPath}/waiting`, isReady(1))
  })

  test('a crashing container is restarted ever later, with its last state and log', async () => {
    await put(statefulSet('crashing', {}, image('crash-loop')))
    const pod = await api.until(
      `${corePath}/pods/crashing-0`,
      (one) => waitingReason(one) === 'CrashLoopBackOff',
    )
    const [first] = status(pod).containerStatuses as { restartCount: number; lastState: object }[]
    expect(first).toMatchObject({
      restartCount: 1,
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    })
    await api.until(
      `${corePath}/pods/crashing-0`,
      (one) => (status(one).containerStatuses as { restartCount: number }[])[0]?.restartCount === 2,
    )
    const { body } = await api.send('GET', `${corePath}/pods/crashing-0/log?previous=true&tailLines=1`)
    expect(body).toBe('Failed: exit code 1\n')
  })

  test('what no node can hold is said in the words of the scheduler', async () => {
    await put(
      statefulSet(
        'unplaced',
        {},
        { resources: { requests: { 'nvidia.com/gpu': '1' }, limits: { 'nvidia.com/gpu': '1' } } },
      ),
    )
    const pod = await api.until(`${corePath}/pods/unplaced-0`, (one) => status(one).conditions !== undefined)
    expect(status(pod)).toMatchObject({
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }],
    })
    expect(JSON.stringify(status(pod))).toContain('0/1 nodes are available: 1 Insufficient nvidia.com/gpu.')
  })

  test('claims of templates are bound, outlive the set, and go once no pod uses them', async () => {
    const volumeClaimTemplates = [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    ]
    await put(
      statefulSet(
        'claims',
        { volumeClaimTemplates },
        { volumeMounts: [{ name: 'data', mountPath: '/data' }] },
      ),
    )
    await api.until(`${setPath}/claims`, isReady(1))
    const path = `${corePath}/persistentvolumeclaims/data-claims-0`
    expect(status((await api.send('GET', path)).body)).toMatchObject({
      phase: 'Bound',
      capacity: { storage: '1Gi' },
    })
    expect((await api.send('DELETE', path)).body.metadata.deletionTimestamp).toBeDefined()
    await settle()
    expect((await api.send('GET', path)).code).toBe(200)
    await api.send('DELETE', `${setPath}/claims`)
    await api.until(`${corePath}/pods?labelSelector=app=claims`, (body) => body.items.length === 0)
    await api.until(path, (body) => body.reason === 'NotFound')
    await api.until('/api/v1/persistentvolumes', (body) => body.items.length === 0)
  })
})

describe('a parallel set', () => {
  test('starts all pods at once, and replaces a broken revision by itself', async () => {
    const spec = { replicas: 3, podManagementPolicy: 'Parallel' }
    await put(statefulSet('parallel', spec, image('never-ready')))
    await api.until(`${setPath}/parallel`, (set) => status(set).replicas === 3)
    expect(await history('parallel')).toEqual(['ADDED parallel-0', 'ADDED parallel-1', 'ADDED parallel-2'])
    await put(statefulSet('parallel', spec, image('2')))
    await api.until(`${setPath}/parallel`, isRolledOut(3))
  })

  test('does not update a further pod while an updated one is not ready', async () => {
    const spec = { replicas: 2, podManagementPolicy: 'Parallel' }
    await put(statefulSet('careful', spec, image('1')))
    await api.until(`${setPath}/careful`, isRolledOut(2))
    await put(statefulSet('careful', spec, image('never-ready')))
    await api.until(
      `${setPath}/careful`,
      (set) => status(set).updatedReplicas === 1 && status(set).readyReplicas === 1,
    )
    await settle()
    expect(status((await api.send('GET', `${setPath}/careful`)).body)).toMatchObject({
      updatedReplicas: 1,
      readyReplicas: 1,
    })
  })
})

test('deletion takes dependents along as its policy says', async () => {
  for (const name of ['background', 'foreground', 'orphan']) {
    await put(statefulSet(name))
    await api.until(`${setPath}/${name}`, isReady(1))
  }
  const finalizers = ['example.com/hold']
  await api.send('PATCH', `${corePath}/pods/foreground-0`, { metadata: { finalizers } }, 'merge-patch+json')
  await api.send('DELETE', `${setPath}/background`)
  const held = await api.send('DELETE', `${setPath}/foreground?propagationPolicy=Foreground`)
  expect(held.body.metadata.finalizers).toEqual(['foregroundDeletion'])
  await settle()
  expect((await api.send('GET', `${setPath}/foreground`)).code).toBe(200)
  await api.send(
    'PATCH',
    `${corePath}/pods/foreground-0`,
    { metadata: { finalizers: null } },
    'merge-patch+json',
  )
  await api.send('DELETE', `${setPath}/orphan`, { propagationPolicy: 'Orphan' })
  for (const name of ['background', 'foreground', 'orphan'])
    await api.until(`${setPath}/${name}`, (body) => body.reason === 'NotFound')
  await api.until(
    `${corePath}/pods?labelSelector=app in (background,foreground)`.replaceAll(' ', '%20'),
    (body) => body.items.length === 0,
  )
  const { body } = await api.send('GET', `${corePath}/pods/orphan-0`)
  expect(body.metadata.ownerReferences ?? []).toEqual([]) // A set that is made anew takes the pods over that its predecessor left.
  await put(statefulSet('orphan'))
  const adopted = await api.until(
    `${corePath}/pods/orphan-0`,
    (pod) => pod.metadata.ownerReferences?.length === 1,
  )
  expect(adopted.metadata.uid).toBe(body.metadata.uid)
})

test('a claim for a volume that does not fit it stays pending, with the reason', async () => {
  const capacity = { storage: '1Gi' }
  const spec = {
    accessModes: ['ReadWriteOnce'],
    capacity,
    hostPath: { path: '/x' },
    storageClassName: 'manual',
  }
  await api.send('POST', '/api/v1/persistentvolumes', { metadata: { name: 'manual' }, spec })
  const claim = (name: string, more: object): Promise<Answer> =>
    api.send('POST', `${corePath}/persistentvolumeclaims`, {
      metadata: { name },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: capacity },
        volumeName: 'manual',
        ...more,
      },
    })
  await claim('classless', {})
  await api.until(`${corePath}/events?fieldSelector=involvedObject.name=classless`, (body) =>
    body.items.some((event) => String(event.message).endsWith('storageClassName does not match')),
  )
  await claim('fitting', { storageClassName: 'manual' })
  await api.until(`${corePath}/persistentvolumeclaims/fitting`, (body) => status(body).phase === 'Bound')
  await api.send('DELETE', `${corePath}/persistentvolumeclaims/fitting`)
  await api.until('/api/v1/persistentvolumes/manual', (body) => status(body).phase === 'Released')
})

test('a pod that is refused is told of at its set', async () => {
  const set = statefulSet('accountless')
  Object.assign(treeAt(set, 'spec', 'template', 'spec'), { serviceAccountName: 'no-such-account' })
  await put(set)
  const { items } = await api.until(
    `${corePath}/events?fieldSelector=involvedObject.name=accountless,reason=FailedCreate`,
    (body) => body.items.length > 0,
  )
  expect(items[0]?.message).toContain('serviceaccount "no-such-account" not found')
})
