import { readFile } from 'node:fs/promises'
import type https from 'node:https'
import { createAgent } from '#lib/protocol/exchange.ts'

/** How the API server is reached and as whom. */
export interface KubernetesConnection {
  url: URL
  agent: ReturnType<typeof createAgent>
  /** Asked before each request, since tokens change while the process runs. */
  headers(): Promise<Record<string, string>>
  insideCluster: boolean
  /** The Kubernetes namespace and service account the worker itself runs with, where that can be known. */
  ownNamespace: string | null
  ownServiceAccount: string | null
}

const defaultAccountFolder = '/var/run/secrets/kubernetes.io/serviceaccount'
const rereadAfterMilliseconds = 30_000

/** Throws an error whose message is one sentence fit for the log. */
export function connect(
  kubeconfig: string | null,
  environment: Record<string, string | undefined>,
  accountFolder: string = defaultAccountFolder,
): Promise<KubernetesConnection> {
  return kubeconfig === null ? connectInside(environment, accountFolder) : connectOutside(kubeconfig)
}

async function connectInside(
  environment: Record<string, string | undefined>,
  accountFolder: string,
): Promise<KubernetesConnection> {
  const host = environment.KUBERNETES_SERVICE_HOST
  const port = environment.KUBERNETES_SERVICE_PORT ?? '443'
  if (!host) {
    throw new Error('No Kubernetes found: run the worker as a pod, or set KUBECONFIG to a kubeconfig file.')
  }
  let ca: string
  let token: string
  let ownNamespace: string
  try {
    ca = await readFile(`${accountFolder}/ca.crt`, 'utf8')
    token = (await readFile(`${accountFolder}/token`, 'utf8')).trim()
    ownNamespace = (await readFile(`${accountFolder}/namespace`, 'utf8')).trim()
  } catch {
    throw new Error(
      `The service account is not mounted at ${accountFolder}: the worker's pod needs a service account with automountServiceAccountToken.`,
    )
  }
  let readAt = performance.now()
  const url = new URL(`https://${host.includes(':') ? `[${host}]` : host}:${port}`)
  return {
    url,
    agent: createAgent(url, { ca }),
    async headers() {
      if (performance.now() - readAt > rereadAfterMilliseconds) {
        token = (await readFile(`${accountFolder}/token`, 'utf8')).trim()
        readAt = performance.now()
      }
      return { authorization: `Bearer ${token}` }
    },
    insideCluster: true,
    ownNamespace,
    ownServiceAccount: serviceAccountOf(token),
  }
}

async function connectOutside(kubeconfig: string): Promise<KubernetesConnection> {
  const { KubeConfig } = await import('@kubernetes/client-node')
  const config = new KubeConfig()
  try {
    config.loadFromFile(kubeconfig)
  } catch {
    throw new Error(`KUBECONFIG is wrong: "${kubeconfig}" cannot be read as a kubeconfig.`)
  }
  const server = config.getCurrentCluster()?.server
  if (!server) throw new Error(`KUBECONFIG is wrong: "${kubeconfig}" has no current context with a server.`)
  const url = new URL(server)
  if (url.protocol === 'http:') {
    const token = config.getCurrentUser()?.token
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
    return outside(url, createAgent(url), () => Promise.resolve(headers))
  }

  const options: https.RequestOptions = {}
  await config.applyToHTTPSOptions(options)
  const { ca, cert, key, pfx, passphrase, servername, rejectUnauthorized } = options
  const agentOptions = { ca, cert, key, pfx, passphrase, servername, rejectUnauthorized }
  let readAt = performance.now()
  let headers = headersOf(options)
  return outside(url, createAgent(url, withoutUndefined(agentOptions)), async () => {
    if (performance.now() - readAt > rereadAfterMilliseconds) {
      const fresh: https.RequestOptions = {}
      await config.applyToHTTPSOptions(fresh)
      headers = headersOf(fresh)
      readAt = performance.now()
    }
    return headers
  })
}

function outside(
  url: URL,
  agent: KubernetesConnection['agent'],
  headers: KubernetesConnection['headers'],
): KubernetesConnection {
  return { url, agent, headers, insideCluster: false, ownNamespace: null, ownServiceAccount: null }
}

function headersOf(options: https.RequestOptions): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (typeof value === 'string') headers[name.toLowerCase()] = value
  }
  if (typeof options.auth === 'string') {
    headers.authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`
  }
  return headers
}

function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T
}

/** From the token's subject, `system:serviceaccount:<namespace>:<name>`; not verified, only used to refuse. */
function serviceAccountOf(token: string): string | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    const subject = typeof claims === 'object' && claims !== null && 'sub' in claims ? claims.sub : null
    return typeof subject === 'string' ? (subject.split(':')[3] ?? null) : null
  } catch {
    return null
  }
}
