import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startTestCluster, type TestCluster } from '#ci/test-cluster.ts'
import { startTestConsole, type TestConsole } from '#ci/test-console.ts'
import type { FinishedWorkitem } from '#lib/domain/workitem.ts'
import { deployInstallation } from '#lib/server/installations/deploy.ts'
import { getInstallation } from '#lib/server/installations/get.ts'
import { requestOperation } from '#lib/server/installations/request-operation.ts'
import { getFinishedWorkitem } from '#lib/server/workitems/get-finished.ts'
import { getWorkitem } from '#lib/server/workitems/get.ts'
import { createLog } from './log.ts'
import { runWorker } from './run-worker.ts'
import { parseWorkerSettings } from './settings.ts'

let console: TestConsole
let cluster: TestCluster
let access: { clusterName: string; accessToken: string }
let count = 0

beforeAll(async () => {
  // Long enough for every test but the one that waits for its end.
  process.env.LEASE_SECONDS = '5'
  ;[console, cluster] = await Promise.all([startTestConsole(), startTestCluster()])
})
afterAll(async () => {
  await console.close()
  await cluster.close()
})
beforeEach(async () => void (access = await console.addCluster(`cluster-${(count += 1)}`)))

/** Every worker still running at the end of a test is stopped. */
const running: { stop(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.stop()))
})

const environment = (given: Record<string, string> = {}) => ({
  VANTIQ_URL: console.url,
  VANTIQ_ACCESS_TOKEN: access.accessToken,
  CLUSTER_NAME: access.clusterName,
  KUBECONFIG: cluster.kubeconfig,
  ROLLOUT_TIMEOUT_SECONDS: '10',
  LOG_LEVEL: 'debug',
  ...given,
})

/** The worker itself, in this process. */
function startWorker(given: Record<string, string> = {}) {
  const lines: string[] = []
  const stopping = new AbortController()
  const end = runWorker({
    settings: parseWorkerSettings(environment(given)),
    version: '1.2.3',
    log: createLog('debug', (line) => lines.push(line)),
    environment: {},
    signal: stopping.signal,
  })
  end.catch(() => {})
  const worker = {
    lines,
    end,
    async stop() {
      stopping.abort()
      await end.catch(() => {})
    },
  }
  running.push(worker)
  return worker
}

/** The worker as `npm run worker` starts it, in a process of its own. */
function spawnWorker(given: Record<string, string> = {}, options: { ipc?: boolean } = {}) {
  const child: ChildProcess = spawn(process.execPath, ['worker/main.ts'], {
    env: { ...process.env, ...environment(given) },
    stdio: ['ignore', 'pipe', 'pipe', ...(options.ipc ? (['ipc'] as const) : [])],
  })
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  // Not `close`: it never comes once the IPC channel was closed from this side.
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  const worker = {
    child,
    exit,
    output: () => output,
    async stop() {
      child.kill('SIGKILL')
      await exit
    },
  }
  running.push(worker)
  return worker
}

const deploy = (name: string, image = 'registry.example/app:1', more: object[] = []) =>
  deployInstallation(console.admin, 'default', access.clusterName, {
    name,
    k8sNamespace: 'default',
    config: [{ type: 'image', name: image }, ...more],
  })
const ask = (installationName: string, operation: 'shutdown' | 'restart' | 'undeploy') =>
  requestOperation(console.admin, 'default', { installationName, operation })
const installation = (name: string) => getInstallation(console.admin, 'default', name)
const status = async (name: string) => (await installation(name)).installationStatus
const until = (check: () => unknown, timeout = 8000) => vi.waitFor(check, { timeout, interval: 20 })
const finished = (requestId: string, timeout?: number): Promise<FinishedWorkitem> =>
  vi.waitFor(() => getFinishedWorkitem(console.admin, 'default', requestId), {
    timeout: timeout ?? 8000,
    interval: 20,
  })
let names = 0
const newName = () => `work-${(names += 1)}`

describe('a worker that runs once', () => {
  it('empties the queue, several installations at once, reports and ends', async () => {
    const installations = [newName(), newName(), newName()]
    for (const name of installations) await deploy(name)
    const [first = ''] = installations
    await ask(first, 'shutdown')
    const worker = startWorker()
    await worker.end
    expect(await Promise.all(installations.map(status))).toEqual(['STOPPED', 'RUNNING', 'RUNNING'])
    const log = worker.lines.join('\n')
    expect(log).toMatch(/Windlass Kubernetes Worker 1\.2\.3 Started\. {1,2}Running in Kubernetes: false/)
    expect(log).toContain(`VANTIQ_URL :: ${console.url}/ for cluster CLUSTER_NAME :: ${access.clusterName}`)
    expect(log).toContain('No workItem available')
    expect(worker.lines.at(-1)).toMatch(/ProcessWorkItems\(\) completed \(4 total work items processed\)$/)
    expect(log).not.toContain(access.accessToken)
  })

  it('tells what it sees of installations that nobody works on', async () => {
    const name = newName()
    await deploy(name)
    await startWorker().end
    const live = await cluster.kubernetes.get({ kind: 'StatefulSet', namespace: 'default', name })
    if (live) await cluster.kubernetes.delete(live)
    const worker = startWorker()
    await worker.end
    expect(worker.lines.at(-1)).toMatch(/0 total work items/)
    expect((await installation(name)).k8sInstallationInfo).toMatchObject({ exists: false })
  })

  it('keeps the reason of a deploy that failed', async () => {
    const name = newName()
    const { requestId } = await deploy(name, 'registry.example/fault-pull:1')
    await startWorker({ ROLLOUT_TIMEOUT_SECONDS: '1' }).end
    expect(await getWorkitem(console.admin, 'default', requestId)).toMatchObject({
      status: 'FAILED',
      error: { cause: 'timeout', message: expect.stringMatching(/ImagePull/) as string },
    })
    expect(await installation(name)).toMatchObject({ installationStatus: 'FAILED', objects: { length: 2 } })
  })

  it.each([
    [{ VANTIQ_ACCESS_TOKEN: 'wl_wrong' }, /VANTIQ_ACCESS_TOKEN is not accepted.*create a new worker token/],
    [{ CLUSTER_NAME: 'another' }, /may not serve cluster "another"/],
    [{ VANTIQ_URL: 'http://127.0.0.1:1' }, /Cannot reach the console at http:\/\/127\.0\.0\.1:1/],
    [{ KUBECONFIG: '/nowhere' }, /KUBECONFIG is wrong: "\/nowhere" cannot be read/],
  ])('fails with one sentence when %j', async (given, sentence) => {
    await expect(startWorker(given).end).rejects.toThrow(sentence)
  })

  it.each([
    [{ VANTIQ_ACCESS_TOKEN: 'wl_wrong' }, /VANTIQ_ACCESS_TOKEN is not accepted/],
    [{ WORKER_MODE: 'sometimes' }, /^WORKER_MODE is wrong: must be "once" or "daemon"\.$/m],
  ])('ends its process with 1 when %j', async (given, sentence) => {
    const worker = spawnWorker({ ...given, LOG_LEVEL: 'error' })
    expect(await worker.exit).toBe(1)
    await until(() => expect(worker.output()).toMatch(sentence))
    expect(worker.output().trim().split('\n')).toHaveLength(1)
    expect(worker.output()).not.toMatch(/wl_/)
  })
})

describe('a worker that waits', () => {
  const daemon = { WORKER_MODE: 'daemon' }
  const waiting = async (worker: { lines: string[] }) =>
    until(() => expect(worker.lines.join()).toContain('No workItem available'))

  it('takes an installation from deploy to undeploy, beginning at once', async () => {
    const worker = startWorker(daemon)
    await waiting(worker)
    const name = newName()
    const askedAt = performance.now()
    await deploy(name, 'registry.example/app:1', [
      { type: 'file', path: '/etc/app', filename: 'a', content: 'x' },
      { type: 'inboundPort', port: 80, protocol: 'TCP' },
    ])
    await until(async () => {
      const live = await cluster.kubernetes.get({ kind: 'StatefulSet', namespace: 'default', name })
      expect(live).not.toBeNull()
    })
    // An announcement brings it; without, the console looks every five seconds.
    expect(performance.now() - askedAt).toBeLessThan(4000)
    await until(async () => expect(await status(name)).toBe('RUNNING'))
    expect((await installation(name)).objects.map(({ kind }) => kind).sort()).toEqual([
      'ConfigMap',
      'Ingress',
      'Service',
      'Service',
      'StatefulSet',
    ])
    await finished((await ask(name, 'shutdown')).requestId)
    expect(await status(name)).toBe('STOPPED')
    await finished((await ask(name, 'restart')).requestId)
    expect(await status(name)).toBe('RUNNING')
    await finished((await ask(name, 'undeploy')).requestId)
    await expect(installation(name)).rejects.toThrow(/could not be found/)
  })

  it('shows the reason of a pod that does not start while it still waits for it', async () => {
    const worker = startWorker(daemon)
    await waiting(worker)
    const name = newName()
    await deploy(name, 'registry.example/fault-pull:1')
    await until(async () => {
      const { installationStatus, statusReason } = await installation(name)
      expect(installationStatus).toBe('STARTING')
      expect(statusReason).toMatch(/ImagePull/)
    })
  })

  it('goes on when the console was away', async () => {
    const worker = startWorker(daemon)
    await waiting(worker)
    await console.stopServing()
    await until(() => expect(worker.lines.join('\n')).toContain('Trying again'))
    const { requestId } = await deploy(newName())
    await console.serveAgain()
    expect((await finished(requestId)).status).toBe('SUCCEEDED')
  })

  it('finishes what ended while the console was away', async () => {
    const worker = startWorker(daemon)
    await waiting(worker)
    const name = newName()
    const { requestId } = await deploy(name, 'registry.example/slow-start-500ms:1')
    await until(async () =>
      expect(
        await cluster.kubernetes.get({ kind: 'StatefulSet', namespace: 'default', name }),
      ).not.toBeNull(),
    )
    await console.stopServing()
    await until(() => expect(worker.lines.join('\n')).toMatch(/Succeeded deploy/))
    await console.serveAgain()
    expect(await finished(requestId)).toMatchObject({ status: 'SUCCEEDED', attempts: 0 })
  })

  it('shares the queue with a second one, and nothing is done twice', async () => {
    const workers = [startWorker(daemon), startWorker(daemon)]
    const items = []
    for (let index = 0; index < 8; index += 1) items.push(await deploy(newName()))
    const done = await Promise.all(items.map(({ requestId }) => finished(requestId)))
    expect(done.every((item) => item.status === 'SUCCEEDED' && item.attempts === 0)).toBe(true)
    const starts = workers.flatMap(({ lines }) => lines.filter((line) => line.includes('Started deploy')))
    expect(starts).toHaveLength(8)
  })

  it('is killed, and the next one completes what it began', { timeout: 30_000 }, async () => {
    const killed = spawnWorker(daemon)
    const name = newName()
    const { requestId } = await deploy(name, 'registry.example/slow-start-2s:1')
    await until(async () =>
      expect(
        await cluster.kubernetes.get({ kind: 'StatefulSet', namespace: 'default', name }),
      ).not.toBeNull(),
    )
    killed.child.kill('SIGKILL')
    await killed.exit
    startWorker(daemon)
    // Meanwhile one that takes longer than a lease, which is renewed as long as its worker lives.
    const long = await deploy(newName(), 'registry.example/slow-start-6s:1')
    expect(await finished(requestId, 15_000)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 })
    expect(await finished(long.requestId, 15_000)).toMatchObject({ status: 'SUCCEEDED', attempts: 0 })
  })

  it.each([
    ['on SIGTERM', (child: ChildProcess) => void child.kill('SIGTERM')],
    ['when its parent goes', (child: ChildProcess) => child.disconnect()],
  ])('ends within seconds %s, in the middle of a rollout', async (_, stop) => {
    const worker = spawnWorker(daemon, { ipc: true })
    const name = newName()
    const { requestId } = await deploy(name, 'registry.example/never-ready:1')
    await until(async () =>
      expect(
        await cluster.kubernetes.get({ kind: 'StatefulSet', namespace: 'default', name }),
      ).not.toBeNull(),
    )
    const stoppedAt = performance.now()
    stop(worker.child)
    expect(await worker.exit).toBe(0)
    expect(performance.now() - stoppedAt).toBeLessThan(6000)
    // Given back, not lost: whoever comes next may have it at once.
    expect(await getWorkitem(console.admin, 'default', requestId)).toMatchObject({
      status: 'REQUESTED',
      attempts: 0,
    })
    await until(() => expect(worker.output()).toMatch(/Gave up deploy .*The worker is stopping/))
  })
})
