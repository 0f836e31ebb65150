import { z } from 'zod'
import { ClusterName } from '#lib/domain/cluster.ts'
import { isLoopback } from '#lib/protocol/exchange.ts'

const count = (maximum: number) => z.coerce.number().int().min(1).max(maximum)

const Environment = z.object({
  VANTIQ_URL: z.url({ protocol: /^https?$/, error: 'must be an https:// address' }),
  VANTIQ_ACCESS_TOKEN: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]+$/, 'must be a token as the console shows it once, without spaces'),
  CLUSTER_NAME: ClusterName,
  WORKER_MODE: z.enum(['once', 'daemon'], { error: 'must be "once" or "daemon"' }).default('once'),
  WORKER_CONCURRENCY: count(100).default(8),
  ROLLOUT_TIMEOUT_SECONDS: count(86_400).default(300),
  ALLOW_INSECURE_HTTP: z.enum(['true', 'false'], { error: 'must be "true" or "false"' }).default('false'),
  KUBECONFIG: z.string().optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be trace, debug, info, warn, error or silent',
    })
    .default('info'),
})

export interface WorkerSettings {
  consoleUrl: URL
  accessToken: string
  clusterName: string
  mode: 'once' | 'daemon'
  concurrency: number
  rolloutTimeoutSeconds: number
  /** Path of a kubeconfig; null: the worker runs inside its cluster. */
  kubeconfig: string | null
  logLevel: z.infer<typeof Environment>['LOG_LEVEL']
}

/** Throws an error with one sentence for each variable that is wrong, never with the token. */
export function parseWorkerSettings(environment: Record<string, string | undefined>): WorkerSettings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const sentences = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0])
      return given[name] === undefined ? `${name} is not set.` : `${name} is wrong: ${issue.message}.`
    })
    throw new Error(sentences.join('\n'))
  }
  const consoleUrl = new URL(parsed.data.VANTIQ_URL)
  if (consoleUrl.username !== '' || consoleUrl.search !== '' || consoleUrl.hash !== '') {
    throw new Error('VANTIQ_URL is wrong: it must be an address without user, query or fragment.')
  }
  if (
    consoleUrl.protocol === 'http:' &&
    parsed.data.ALLOW_INSECURE_HTTP !== 'true' &&
    !isLoopback(consoleUrl.hostname)
  ) {
    throw new Error(
      'VANTIQ_URL is wrong: plain http would show the token and secrets to the network; use https, or set ALLOW_INSECURE_HTTP=true where that is acceptable.',
    )
  }
  return {
    consoleUrl,
    accessToken: parsed.data.VANTIQ_ACCESS_TOKEN,
    clusterName: parsed.data.CLUSTER_NAME,
    mode: parsed.data.WORKER_MODE,
    concurrency: parsed.data.WORKER_CONCURRENCY,
    rolloutTimeoutSeconds: parsed.data.ROLLOUT_TIMEOUT_SECONDS,
    kubeconfig: parsed.data.KUBECONFIG ?? null,
    logLevel: parsed.data.LOG_LEVEL,
  }
}
