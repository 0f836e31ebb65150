import { randomBytes } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { stringify } from 'yaml'
import { makeCertificate } from './certificate.ts'
import { startControllers } from './controllers.ts'
import { FaultBoard } from './faults.ts'
import { kindNamed } from './kinds.ts'
import type { Pace } from './kubelet.ts'
import { restoreState, saveState } from './saved-state.ts'
import { serveRequest } from './serve-requests.ts'
import { Store } from './store.ts'
import { ObjectWriter } from './write-objects.ts'

export interface SandboxOptions extends Partial<Pace> {
  /** Any free one unless given. */
  port?: number
  log?: (message: string) => void
  /** A file the objects are kept in from one start to the next; Pods are made anew. Nothing is kept unless given. */
  stateFile?: string | undefined
}

export interface Sandbox {
  /** `https://127.0.0.1:<port>` */
  url: string
  /** A kubeconfig, as text, that carries address, certificate and token. */
  kubeconfig: string
  /** The token alone, for requests to `/sandbox/…`. */
  token: string
  close(): Promise<void>
}

/**
 * Starts an in-memory Kubernetes API server on loopback with the kinds the product makes, plus Namespace, Pod,
 * Event and PersistentVolume. Certificate and token are new at each start.
 *
 * Outside the Kubernetes API it serves, with the same token: `POST /sandbox/faults` (a `Fault` or a list of them,
 * for the next matching requests), `GET` and `DELETE /sandbox/faults`, `GET /sandbox/writes?since=<index>` (every
 * write by a client that was accepted and changed something), `POST /sandbox/compact` (older resource versions are
 * gone). How containers misbehave is told by their image: see `behaviourOf`.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, log = () => undefined, startMs = 40, stopMs = 20, retryMs = 200 } = options
  const store = new Store()
  const writer = new ObjectWriter(store)
  const token = randomBytes(32).toString('base64url')
  const { certificate, key } = makeCertificate()
  const cluster = { store, writer, board: new FaultBoard(), token }
  const stopControllers = startControllers(store, writer, { startMs, stopMs, retryMs })
  const { stateFile } = options
  if (stateFile !== undefined) restoreState(store, stateFile)
  if (!store.namespace('default')) makeFirstObjects(writer)
  const stopSaving = stateFile === undefined ? undefined : saveState(store, stateFile)
  const server = createServer({ cert: certificate, key, keepAliveTimeout: 60_000 }, (request, response) => {
    void serveRequest(cluster, request, response)
    response.on('finish', () => log(`${request.method} ${request.url} ${response.statusCode}`))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  log(`sandbox listens on ${url}`)
  return {
    url,
    token,
    kubeconfig: writeKubeconfig(url, certificate, token),
    close: () => {
      stopControllers()
      stopSaving?.()
      server.closeAllConnections()
      return new Promise((resolve) => void server.close(() => resolve()))
    },
  }
}

/** What every cluster has from its first moment. */
function makeFirstObjects(writer: ObjectWriter): void {
  for (const name of ['default', 'kube-system', 'kube-public', 'kube-node-lease'])
    writer.create(kindNamed('Namespace'), undefined, { metadata: { name } })
  writer.create(kindNamed('Service'), 'default', {
    metadata: { name: 'kubernetes', labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: { clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443, targetPort: 6443 }] },
  })
}

function writeKubeconfig(server: string, certificate: string, token: string): string {
  const name = 'sandbox'
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name,
        cluster: { server, 'certificate-authority-data': Buffer.from(certificate).toString('base64') },
      },
    ],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name, namespace: 'default' } }],
    'current-context': name,
  })
}
