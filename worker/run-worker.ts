import { randomUUID } from 'node:crypto'
import { createConsoleClient } from '#lib/protocol/client.ts'
import type { WorkerDescription } from '#lib/protocol/messages.ts'
import { createKubernetesClient, type KubernetesClient } from './kubernetes/client.ts'
import { connect } from './kubernetes/connection.ts'
import { KubernetesError } from './kubernetes/error.ts'
import { type Log, plural } from './log.ts'
import { claimForever, claimUntilEmpty } from './loops/claim.ts'
import { Observer } from './loops/observe.ts'
import { renewForever } from './loops/renew.ts'
import { ownNamesOf } from './policy.ts'
import type { WorkerSettings } from './settings.ts'
import { backoffMilliseconds, wait } from './waits.ts'
import { Work } from './work.ts'

/**
 * The worker, until its queue is empty (`once`) or the signal aborts. Throws an error whose message is one sentence when
 * it cannot do its work.
 */
export async function runWorker(options: {
  settings: WorkerSettings
  version: string
  log: Log
  environment: Record<string, string | undefined>
  signal: AbortSignal
}): Promise<void> {
  const { settings, version, log, signal } = options
  const { clusterName, mode } = settings
  const connection = await connect(settings.kubeconfig, options.environment)
  log.info(
    `Windlass Kubernetes Worker ${version} Started. Running in Kubernetes: ${String(connection.insideCluster)}`,
  )
  log.info(
    `Server Config: VANTIQ_URL :: ${settings.consoleUrl.href} for cluster CLUSTER_NAME :: ${clusterName} (${mode}, up to ${plural(settings.concurrency, 'item')} at once)`,
  )
  const kubernetes = createKubernetesClient(connection)
  const k8sVersion = await readServerVersion(kubernetes, mode, log, signal)
  if (signal.aborted) return

  const workerId = randomUUID()
  const client = createConsoleClient({
    url: settings.consoleUrl,
    token: settings.accessToken,
    clusterName,
    version,
  })
  const work = new Work({
    client,
    kubernetes,
    clusterName,
    concurrency: settings.concurrency,
    rolloutTimeoutMilliseconds: settings.rolloutTimeoutSeconds * 1000,
    ownNames: ownNamesOf(connection.ownNamespace, connection.ownServiceAccount),
    log,
  })
  const observer = new Observer({ client, kubernetes, clusterName, work, log })
  const description: WorkerDescription = {
    id: workerId,
    version,
    mode,
    k8sVersion: k8sVersion.slice(0, 64) || null,
    k8sNamespaces: null,
  }
  const claiming = {
    client,
    clusterName,
    work,
    log,
    describeWorker: () => description,
    onInstallations: observer.setInstallations.bind(observer),
  }
  // A loop that fails takes the other along: half a worker would look alive.
  const ending = new AbortController()
  const end = () => ending.abort()
  signal.addEventListener('abort', end, { once: true })
  // The renewals end with the process, not with the claims: an item under way keeps its lease until it is given up.
  const renewing = new AbortController()
  const renewals = renewForever({ client, workerId, clusterName, work, log }, renewing.signal)
  try {
    if (mode === 'daemon') {
      await Promise.all(
        [claimForever(claiming, ending.signal), observer.observeForever(ending.signal)].map((loop) =>
          loop.finally(end),
        ),
      )
    } else {
      await claimUntilEmpty(claiming, ending.signal)
      if (!signal.aborted) await observer.observeOnce(ending.signal)
    }
    log.info(
      `ProcessWorkItems() ${signal.aborted ? 'stopped' : 'completed'} (${plural(work.completed, 'total work item')} processed)`,
    )
  } finally {
    signal.removeEventListener('abort', end)
    await work.stop()
    renewing.abort()
    await renewals
    client.close()
    connection.agent.destroy()
  }
}

/** In a daemon an API server that is away is waited for; a single run says so and ends. */
async function readServerVersion(
  kubernetes: KubernetesClient,
  mode: WorkerSettings['mode'],
  log: Log,
  signal: AbortSignal,
): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await kubernetes.serverVersion()
    } catch (error) {
      if (!(error instanceof KubernetesError)) throw error
      // The version is for people only; a role need not allow to read it.
      if (error.status === 401 || error.status === 403) return ''
      if (mode === 'once' || signal.aborted)
        throw new Error(`Cannot reach Kubernetes. ${error.message}`, { cause: error })
      log.warn(`Cannot reach Kubernetes yet. ${error.message}`)
      await wait(
        backoffMilliseconds(attempt, { firstMilliseconds: 500, maximumMilliseconds: 30_000 }),
        signal,
      )
      if (signal.aborted) return ''
    }
  }
}
