export interface WorkerEnvironment {
  clusterName: string
  publicUrl: string
  /** Null before one was created; a placeholder stands there. */
  token: string | null
}

export const tokenPlaceholder = '<access token>'

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]'])

export const isLoopback = (publicUrl: string): boolean => loopbackHosts.has(new URL(publicUrl).hostname)

/** What a worker is told by its environment, in the order it is read. */
export function workerVariables({ clusterName, publicUrl, token }: WorkerEnvironment): [string, string][] {
  // A worker refuses plain http elsewhere than on loopback, unless it is told that this is meant.
  const isPlain = publicUrl.startsWith('http://') && !isLoopback(publicUrl)
  return [
    ['VANTIQ_URL', publicUrl],
    ['VANTIQ_ACCESS_TOKEN', token ?? tokenPlaceholder],
    ['CLUSTER_NAME', clusterName],
    ['WORKER_MODE', 'daemon'],
    ...(isPlain ? ([['ALLOW_INSECURE_HTTP', 'true']] as [string, string][]) : []),
  ]
}

/** Quoted where a shell would read more than the text. */
const shellWord = (text: string) =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

export function environmentFile(environment: WorkerEnvironment): string {
  return workerVariables(environment)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')
}

/** From a clone of this repository, with the kubeconfig at hand. */
export function npmCommand(environment: WorkerEnvironment): string {
  const lines = workerVariables(environment).map(([name, value]) => `${name}=${shellWord(value)} \\`)
  return ['KUBECONFIG=~/.kube/config \\', ...lines, 'npm run worker'].join('\n')
}

export function dockerCommand(environment: WorkerEnvironment, workerImage: string): string {
  const lines = workerVariables(environment).map(([name, value]) => `  -e ${name}=${shellWord(value)} \\`)
  return [
    // In a container, loopback is the container itself.
    `docker run --rm ${isLoopback(environment.publicUrl) ? '--network host ' : ''}\\`,
    '  -v ~/.kube/config:/kubeconfig:ro -e KUBECONFIG=/kubeconfig \\',
    ...lines,
    `  ${shellWord(workerImage)}`,
  ].join('\n')
}
