import {
  AppsV1Api,
  CoreV1Api,
  KubeConfig,
  makeInformer,
  type V1Pod,
  type V1StatefulSet,
} from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from './start-sandbox.ts'
import { statefulSet } from './testing/connect.ts'

let sandbox: Sandbox
const config = new KubeConfig()

beforeAll(async () => {
  sandbox = await startSandbox({ startMs: 10, stopMs: 5 })
  config.loadFromString(sandbox.kubeconfig)
})
afterAll(() => sandbox.close())

test('the official JavaScript client creates, follows by informer, reads logs and deletes', async () => {
  const apps = config.makeApiClient(AppsV1Api)
  const core = config.makeApiClient(CoreV1Api)
  const namespace = 'default'
  const seen: string[] = []
  const informer = makeInformer<V1Pod>(config, '/api/v1/namespaces/default/pods', () =>
    core.listNamespacedPod({ namespace }),
  )
  const isGone = new Promise<void>((resolve, reject) => {
    informer.on('add', (pod) => seen.push(`added ${pod.metadata?.name}`))
    informer.on('update', (pod) => {
      const isReady = pod.status?.containerStatuses?.every((one) => one.ready)
      if (!isReady || pod.metadata?.deletionTimestamp || seen.includes('ready')) return
      seen.push('ready')
      core
        .readNamespacedPodLog({ namespace, name: 'client-0', tailLines: 1 })
        .then((log) => seen.push(log.trim()))
        .then(() => apps.deleteNamespacedStatefulSet({ namespace, name: 'client' }))
        .catch(reject)
    })
    informer.on('delete', () => resolve())
    informer.on('error', reject)
  })
  await informer.start()
  await apps.createNamespacedStatefulSet({
    namespace,
    body: statefulSet('client') as unknown as V1StatefulSet,
  })
  await isGone
  await informer.stop()
  expect(seen).toEqual(['added client-0', 'ready', 'Listening for requests'])
})
