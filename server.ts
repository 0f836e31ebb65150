import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import next from 'next'
import { seed } from '#drizzle/seed.ts'
import { closeDatabase, getDatabase, getPool } from '#lib/server/database/database.ts'
import { migrateDatabase } from '#lib/server/database/migrate.ts'
import { startDuties } from '#lib/server/duties/start-duties.ts'
import { stopListening } from '#lib/server/events/listen.ts'
import { createDatabaseCheck } from '#lib/server/health/check.ts'
import { refuseUnservable } from '#lib/server/rest/refuse-unservable.ts'
import { checkSecretsKey } from '#lib/server/secrets/check-key.ts'
import { stampPublicHost } from '#lib/server/sessions/public-host.ts'
import { stampRemoteAddress } from '#lib/server/sessions/remote-address.ts'
import { getLog } from '#lib/server/settings/log.ts'
import { getSettings, type Settings } from '#lib/server/settings/settings.ts'
import { createStaticFiles } from '#lib/server/static-files/serve.ts'
import { createWire } from '#lib/server/wire/handle-worker-request.ts'

/** How long open answers have to end by themselves when the console is told to stop. */
const graceMilliseconds = 1_000

const isDevelopment = process.argv.includes('--dev') || process.env.NODE_ENV === 'development'

try {
  await serve(readSettings())
} catch (error) {
  refuse(error)
}

function readSettings(): Settings {
  if (!process.env.DATABASE_URL) {
    throw new Error(
      'DATABASE_URL is not set. Set it to a PostgreSQL of yours, or use `npm start`, which brings one along.',
    )
  }
  return getSettings()
}

/** One process, one port: the workers' requests go to the wire, all else to Next. */
async function serve(settings: Settings): Promise<void> {
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  process.env.NEXTAUTH_URL = settings.publicUrl
  process.env.NEXTAUTH_SECRET = settings.AUTH_SECRET

  // Listening comes first: a port that is taken must be known before anything is changed.
  const server = createServer(answerStarting)
  await listen(server, settings)
  const closing: (() => Promise<void>)[] = []
  stopOnRequest(server, closing)

  await migrateDatabase(settings.DATABASE_URL_DIRECT ?? settings.DATABASE_URL, {
    waitSeconds: 60,
    onWait: (sentence) => getLog().warn(sentence),
  })
  await checkSecretsKey(getDatabase(), settings.secretsKey)

  const pages = next({
    dev: isDevelopment,
    dir: import.meta.dirname,
    port: settings.PORT,
    httpServer: server,
  })
  await pages.prepare()
  closing.push(() => pages.close())
  const answerPage = pages.getRequestHandler()
  const upgrade = pages.getUpgradeHandler()
  const serveStatic = isDevelopment
    ? () => false
    : createStaticFiles(join(import.meta.dirname, '.next', 'static'))
  const wire = createWire()
  closing.push(() => wire.close())
  const duties = startDuties()
  closing.push(() => duties.stop())
  const databaseAnswers = createDatabaseCheck(getPool)

  const { adminEmail, generatedPassword } = await seed(getDatabase(), {
    adminEmail: settings.ADMIN_EMAIL ?? 'admin@example.com',
    adminPassword: settings.ADMIN_PASSWORD,
  })

  server.off('request', answerStarting)
  server.on('request', (request, response) => {
    const path = request.url ?? '/'
    if (path.startsWith('/api/worker/')) wire.handle(request, response)
    else if (path === '/healthz' || path.startsWith('/healthz?')) {
      void databaseAnswers().then((answers) =>
        answerHealth(response, answers ? 200 : 503, answers ? 'ok' : 'the database does not answer'),
      )
    } else if (!refuseUnservable(request, response) && !serveStatic(request, response)) {
      stampPublicHost(request)
      stampRemoteAddress(request)
      answerPage(request, response).catch((error: unknown) => answerFailure(response, error))
    }
  })
  server.on('upgrade', (request, socket, head) => {
    upgrade(request, socket, head).catch(() => socket.destroy())
  })
  tellReady(settings, { adminEmail, generatedPassword })
}

function listen(server: ReturnType<typeof createServer>, settings: Settings): Promise<void> {
  return new Promise((settle, refused) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentences: Record<string, string> = {
        EADDRINUSE: `Port ${settings.PORT} is in use. Set PORT to a free one.`,
        EACCES: `Port ${settings.PORT} may not be used by this user. Set PORT to one above 1023.`,
        EADDRNOTAVAIL: `HOSTNAME_TO_BIND is not an address of this machine.`,
      }
      refused(new Error(sentences[error.code ?? ''] ?? `Listening failed: ${error.message}`))
    })
    server.listen(settings.PORT, settings.HOSTNAME_TO_BIND, settle)
  })
}

function answerStarting(_request: IncomingMessage, response: ServerResponse): void {
  answerHealth(response, 503, 'starting')
}

function answerHealth(response: ServerResponse, status: 200 | 503, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    ...(status === 503 ? { 'Retry-After': '1' } : {}),
  })
  response.end(`${text}\n`)
}

function answerFailure(response: ServerResponse, error: unknown): void {
  const id = crypto.randomUUID()
  getLog().error({ id, err: error }, 'a page failed')
  if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(`Something failed here. Its number in the log is ${id}.\n`)
}

/** The supervisor of `npm start` prints for itself and hears it as a message; otherwise it is said here, once. */
function tellReady(
  settings: Settings,
  first: { adminEmail: string; generatedPassword: string | null },
): void {
  if (process.send) {
    process.send({ ready: true, address: settings.publicUrl, ...first })
    return
  }
  const lines = [`Windlass is ready at ${settings.publicUrl}`]
  if (first.generatedPassword !== null) {
    lines.push(
      `The first administrator is ${first.adminEmail}, password ${first.generatedPassword} (shown this once).`,
    )
  }
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** On a signal: answer what is held, close, and end. */
function stopOnRequest(server: ReturnType<typeof createServer>, closing: (() => Promise<void>)[]): void {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), graceMilliseconds * 4).unref()
    const closed = new Promise((settle) => server.close(settle))
    setTimeout(() => server.closeAllConnections(), graceMilliseconds).unref()
    void (async () => {
      await Promise.allSettled(closing.map((close) => close()))
      server.closeIdleConnections()
      await closed
      await Promise.allSettled([stopListening(), closeDatabase()])
      process.exit(0)
    })()
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

function refuse(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
