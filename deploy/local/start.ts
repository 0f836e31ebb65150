import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { prettyFactory } from 'pino-pretty'
import { keepKey, openDataFolder, takeDataFolder } from './data-folder.ts'
import { startPart, type Part } from './part.ts'
import { startPostgres } from './postgres.ts'
import { describeStart, type Ready } from './start-message.ts'

/**
 * `npm start`: PostgreSQL, the console and, to try it without a cluster, the sandbox with an ordinary worker, each a
 * process of its own. Ends them all on Ctrl-C, and when one of them ends.
 */
const startedAt = performance.now()
const embedded = !process.env.DATABASE_URL
const withSandbox = embedded && (process.env.SANDBOX ?? 'on') !== 'off'
const isDevelopment = process.argv.includes('--dev')

/** What was started, and how to end it; ended in the opposite order. */
const stops: (() => Promise<void> | void)[] = []
let stopping: Promise<void> | undefined

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (signal === 'SIGINT' && process.stdout.isTTY) process.stdout.write('\n')
    void stopAll().then(() => process.exit(0))
  })
}
// A terminal or pipe that is gone must not keep the parts from being ended in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

try {
  await start()
} catch (error) {
  await fail(error instanceof Error ? error.message : String(error))
}

async function start(): Promise<void> {
  const port = readPort()
  const dataFolder = resolve(process.env.DATA_DIR || '.data')
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: dataFolder,
    NODE_ENV: isDevelopment ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  }
  await refuseTakenPort(port)
  const notices: string[] = []
  if (embedded) {
    openDataFolder(dataFolder)
    stops.push(takeDataFolder(dataFolder))
    environment.AUTH_SECRET ||= keepKey(dataFolder, 'auth-secret', 'base64url')
    environment.SECRETS_KEY ||= keepKey(dataFolder, 'secrets-key', 'base64')
    const postgres = await startPostgres({ dataFolder })
    stops.push(() => postgres.stop())
    void postgres.ended.then(fail)
    environment.DATABASE_URL = postgres.connectionString
    if (postgres.notice !== undefined) notices.push(postgres.notice)
  } else {
    refuseMissingKeys()
  }

  const kubeconfig = join(dataFolder, 'sandbox.kubeconfig')
  const sandbox = withSandbox ? startSandboxPart(environment, dataFolder, kubeconfig) : undefined
  const server = run('console', 'server.ts', environment, isDevelopment ? ['--dev'] : [])
  // Loaded while the console starts: a start that is refused need not wait for it.
  const seeding = withSandbox ? import('./register-sandbox.ts') : undefined
  const ready = await messageOf<Ready>(server)
  if (sandbox && seeding) {
    await sandbox.ready
    const token = await (await seeding).registerSandbox(environment.DATABASE_URL!)
    startWorkerPart(environment, { token, kubeconfig, port })
  }
  process.stdout.write(
    describeStart(ready, {
      dataFolder: embedded ? dataFolder : undefined,
      kubeconfig: withSandbox ? kubeconfig : undefined,
      notices,
      seconds: (performance.now() - startedAt) / 1_000,
    }),
  )
}

/** Starts a part; when it ends and nobody asked for it, everything ends. */
function run(name: string, file: string, env: NodeJS.ProcessEnv, args: string[] = []): Part {
  const part = startPart(name, file, { env, args, print: printLine })
  stops.push(() => part.stop())
  void part.ended.then(fail)
  return part
}

function messageOf<Message>(part: Part): Promise<Message> {
  return new Promise((settle) => part.process.once('message', (message) => settle(message as Message)))
}

/** The sandbox is told where to write its kubeconfig, and says when it serves. */
function startSandboxPart(environment: NodeJS.ProcessEnv, dataFolder: string, kubeconfig: string) {
  const { PATH, LOG_LEVEL, NODE_ENV } = environment
  const part = run('sandbox', 'sandbox/main.ts', {
    PATH,
    LOG_LEVEL,
    NODE_ENV,
    SANDBOX_KUBECONFIG: kubeconfig,
    // The database remembers what was deployed, so the cluster it was deployed to must.
    SANDBOX_STATE: join(dataFolder, 'sandbox.json'),
  })
  return { part, ready: messageOf<unknown>(part) }
}

/** An ordinary worker: it gets what one in a cluster gets, and nothing of the console's secrets. */
function startWorkerPart(
  environment: NodeJS.ProcessEnv,
  { token, kubeconfig, port }: { token: string; kubeconfig: string; port: number },
): void {
  const { PATH, LOG_LEVEL, NODE_ENV, ROLLOUT_TIMEOUT_SECONDS, WORKER_CONCURRENCY } = environment
  run('worker', 'worker/main.ts', {
    PATH,
    LOG_LEVEL,
    NODE_ENV,
    ROLLOUT_TIMEOUT_SECONDS,
    WORKER_CONCURRENCY,
    VANTIQ_URL: `http://127.0.0.1:${port}`,
    VANTIQ_ACCESS_TOKEN: token,
    CLUSTER_NAME: 'sandbox',
    WORKER_MODE: 'daemon',
    KUBECONFIG: kubeconfig,
  })
}

function readPort(): number {
  const given = process.env.PORT || '3000'
  const port = Number(given)
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`PORT is '${given}'; it must be a whole number from 1 to 65535.`)
  }
  return port
}

/** The console finds out by itself, but only after PostgreSQL was started for nothing. */
async function refuseTakenPort(port: number): Promise<void> {
  const probe = createServer()
  await new Promise<void>((settle, refuse) => {
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') refuse(new Error(`Port ${port} is in use. Set PORT to a free one.`))
      else if (error.code === 'EACCES')
        refuse(new Error(`Port ${port} may not be used by this user. Set PORT to one above 1023.`))
      else refuse(error)
    })
    probe.listen(port, process.env.HOSTNAME_TO_BIND || undefined, settle)
  })
  await new Promise((settle) => probe.close(settle))
}

/** Keys generated beside somebody else's database would be lost with this machine, and the secrets with them. */
function refuseMissingKeys(): void {
  const missing = ['AUTH_SECRET', 'SECRETS_KEY'].filter((name) => !process.env[name])
  if (missing.length > 0) {
    throw new Error(
      `DATABASE_URL is set, so ${missing.join(' and ')} must be set too: \`openssl rand -base64 32\` makes one. Keep them as safe as the database.`,
    )
  }
}

const formatLine = prettyFactory({
  colorize: process.stdout.isTTY,
  translateTime: 'SYS:HH:MM:ss',
  singleLine: true,
  ignore: 'pid,hostname',
  errorLikeObjectKeys: [],
})

/** Log lines are JSON and made readable here; anything else passes, but for Next's remark on its own start. */
function printLine(name: string, line: string): void {
  if (line.trim() === '' || line.includes('Running next.config.js took')) return
  const text = line.startsWith('{') ? formatLine(line).trimEnd() : line
  process.stdout.write(`${name.padEnd(7)} ${text}\n`)
}

function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const stop of stops.toReversed()) {
      await Promise.resolve(stop()).catch((error: unknown) => {
        process.stderr.write(`${String(error)}\n`)
      })
    }
  })()
  return stopping
}

/** Says what went wrong once; what ends because we end it is no failure. */
async function fail(sentence: string): Promise<void> {
  if (stopping) return
  const stopped = stopAll()
  process.stderr.write(`${sentence}\n`)
  await stopped
  process.exit(1)
}
