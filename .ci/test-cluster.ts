import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assignNumbers } from '#lib/manifests/number.ts'
import type { ConfigItem } from '#lib/domain/deploy-config/config.ts'
import {
  inventoryName,
  type KubernetesObject,
  ownershipLabels,
  type Ownership,
} from '#lib/domain/kubernetes-object.ts'
import { emptyNumbering } from '#lib/domain/numbering.ts'
import type { WorkitemProgress } from '#lib/domain/workitem.ts'
import type { ObservedState } from '#lib/domain/installation.ts'
import { exchange } from '#lib/protocol/exchange.ts'
import type { LeasedItem } from '#lib/protocol/messages.ts'
import { startSandbox } from '#sandbox/start-sandbox.ts'
import { createKubernetesClient, type KubernetesClient } from '#worker/kubernetes/client.ts'
import { connect } from '#worker/kubernetes/connection.ts'
import { generatedKinds, label } from '#worker/kubernetes/kinds.ts'
import { type ItemEnd, runItem } from '#worker/items/run-item.ts'
import { HeldLease } from '#worker/lease.ts'
import { createLog } from '#worker/log.ts'
import { ownNamesOf } from '#worker/policy.ts'

export interface TestCluster {
  kubernetes: KubernetesClient
  /** Path of the kubeconfig file. */
  kubeconfig: string
  /** `[method, kind name]` of every write by a client that changed something, since the last call. */
  takeWrites(): Promise<string[]>
  orderFault(fault: object): Promise<void>
  /** Writes as another field manager than the worker's. */
  writeAs(manager: string, object: KubernetesObject): Promise<void>
  /** `Kind name` of everything in the namespace that carries the installation's label, the inventory among it; sorted. */
  listOwned(ownership: Ownership, namespace?: string): Promise<string[]>
  close(): Promise<void>
}

/** A sandbox of its own, reached as a worker outside a cluster reaches its API server. */
export async function startTestCluster(): Promise<TestCluster> {
  const sandbox = await startSandbox({ startMs: 15, stopMs: 5, retryMs: 50 })
  const folder = await mkdtemp(join(tmpdir(), 'windlass-test-'))
  const kubeconfig = join(folder, 'kubeconfig')
  await writeFile(kubeconfig, sandbox.kubeconfig, { mode: 0o600 })
  const connection = await connect(kubeconfig, {})
  const kubernetes = createKubernetesClient(connection)
  let seenWrites = 0

  async function send(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body?: unknown,
    contentType = 'application/json',
  ) {
    const answer = await exchange({
      url: new URL(path, connection.url),
      method,
      headers: { ...(await connection.headers()), 'content-type': contentType },
      body: body === undefined ? undefined : JSON.stringify(body),
      agent: connection.agent,
      timeoutMilliseconds: 5000,
      maximumBytes: 10_000_000,
    })
    const text = answer.body.toString('utf8')
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return JSON.parse(text) as unknown
  }

  return {
    kubernetes,
    kubeconfig,
    async takeWrites() {
      const writes = (await send('GET', `/sandbox/writes?since=${seenWrites}`)) as {
        method: string
        kind: string
        name: string
      }[]
      seenWrites += writes.length
      return writes.map(({ method, kind, name }) => `${method} ${kind} ${name}`)
    },
    async orderFault(fault) {
      await send('POST', '/sandbox/faults', fault)
    },
    async writeAs(manager, object) {
      const { kind, apiVersion, metadata } = object
      const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
      const path = `${root}/namespaces/${metadata.namespace ?? 'default'}/${kind.toLowerCase()}s/${metadata.name}`
      const query = `fieldManager=${manager}&force=true`
      await send('PATCH', `${path}?${query}`, object, 'application/apply-patch+yaml')
    },
    async listOwned(ownership, namespace = 'default') {
      const labelSelector = `${ownershipLabels.installationId}=${ownership.installationId}`
      const lists = await Promise.all(
        generatedKinds.map((kind) => kubernetes.list(kind, namespace, { labelSelector })),
      )
      return lists.flat().map(label).sort()
    },
    async close() {
      connection.agent.destroy()
      await sandbox.close()
      await rm(folder, { recursive: true })
    },
  }
}

export const imageItem = (name = 'registry.example/app:1', replicaCount = 1): ConfigItem => ({
  type: 'image',
  name,
  replicaCount,
})

let leaseNumber = 0

/** An item as the console leases it; every call stands for a new claim. */
export function leaseItem(given: Partial<LeasedItem> & { config?: ConfigItem[] } = {}): LeasedItem {
  const config = given.config ?? [imageItem()]
  leaseNumber += 1
  return {
    requestId: randomUUID(),
    operation: 'deploy',
    lease: { token: randomUUID(), number: leaseNumber, remainingMilliseconds: 30_000 },
    attempts: 0,
    ownership: {
      consoleId: 'console',
      namespaceId: 'namespace',
      clusterId: 'cluster',
      installationId: randomUUID(),
    },
    installationName: 'jdbc',
    k8sNamespace: 'default',
    revision: 1,
    numbering: assignNumbers(config, emptyNumbering),
    cluster: { ingressDefaultNode: 'node.example', ingressClassName: null },
    deleteVolumes: false,
    ...given,
    config,
  }
}

export interface ItemRun {
  end: ItemEnd | null
  progress: { progress: WorkitemProgress; observed: ObservedState | undefined }[]
}

/** Runs one item to its end, without a console. `beforeWrite` is called before every write, and may take the lease away. */
export async function runItemOn(
  cluster: TestCluster,
  item: LeasedItem,
  options: {
    rolloutTimeoutMilliseconds?: number
    beforeWrite?(lease: HeldLease): void
    contents?: Map<string, Uint8Array>
    /** Called before content is given; what it throws is what the console answers. */
    beforeContent?(): void
    namespace?: string | null
  } = {},
): Promise<ItemRun> {
  const lease = new HeldLease(item.lease, performance.now())
  const progress: ItemRun['progress'] = []
  const end = await runItem({
    item,
    lease,
    log: createLog('silent'),
    ownNames: ownNamesOf(options.namespace ?? null, null),
    rolloutTimeoutMilliseconds: options.rolloutTimeoutMilliseconds ?? 8000,
    progress: {
      report: (next, observed) => void progress.push({ progress: next, observed }),
      close: () => Promise.resolve(),
    },
    kubernetes: cluster.kubernetes.guardedBy({
      signal: lease.signal,
      assertMayWrite() {
        options.beforeWrite?.(lease)
        lease.assertHeld()
      },
      remainingMilliseconds: () => lease.remainingMilliseconds,
    }),
    async fetchContent(sha256) {
      options.beforeContent?.()
      const bytes = options.contents?.get(sha256)
      if (!bytes) throw new Error('no such content')
      return bytes
    },
  })
  lease.release()
  return { end, progress }
}

export async function readInventory(
  cluster: TestCluster,
  installation = 'jdbc',
): Promise<Record<string, string> | null> {
  const object = await cluster.kubernetes.get({
    kind: 'ConfigMap',
    namespace: 'default',
    name: inventoryName(installation),
  })
  return (object?.data as Record<string, string> | undefined) ?? null
}
