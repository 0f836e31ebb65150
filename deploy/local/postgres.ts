import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client, escapeIdentifier } from 'pg'
import { settlePostgresPlace, type PostgresPlace } from './postgres-place.ts'

export interface Postgres {
  /** The database `windlass`, as its superuser, on loopback. */
  connectionString: string
  /** PostgreSQL's own data directory. */
  folder: string
  /** A sentence for the user when the data is not where one would look for it. */
  notice: string | undefined
  /** Settles when the server ended without being asked; says why. */
  ended: Promise<string>
  stop(): Promise<void>
}

const user = 'windlass'

/**
 * Starts a PostgreSQL of our own in `dataFolder`, and makes it at the first start. It listens on loopback only, is
 * durable unless told otherwise, and on Linux ends with the process that started it, however that one dies.
 */
export async function startPostgres(options: {
  dataFolder: string
  port?: number
  /** False only for tests: a crash of the machine may lose data. */
  durable?: boolean
}): Promise<Postgres> {
  const { dataFolder, durable = true } = options
  const place = await settlePostgresPlace(dataFolder)
  if (!existsSync(place.folder)) await initialize(place, durable)
  refuseOtherVersion(place)
  await clearLeftovers(place.folder)

  let started: Awaited<ReturnType<typeof launch>> | undefined
  for (let attempt = 1; started === undefined; attempt += 1) {
    try {
      started = await launch(place, options.port ?? (await findFreePort()), durable)
    } catch (error) {
      // After a kill -9, backends of the old server need a moment to notice; a free port may be taken meanwhile.
      const passing = /still in use|could not bind|Address already in use/.test(String(error))
      if (!passing || options.port !== undefined || attempt === 20) throw error
      await pause(250)
    }
  }
  const { child, port, ended } = started
  let stopping = false
  const connectionString = `postgresql://${user}:${place.password}@127.0.0.1:${port}/windlass`
  await createDatabaseOnce(connectionString)
  return {
    connectionString,
    folder: place.folder,
    notice: place.notice,
    ended: new Promise((settle) => void ended.then((why) => stopping || settle(why))),
    async stop() {
      stopping = true
      await stopProcess(child, ended)
    },
  }
}

/** Made beside its place and then renamed, so that a start killed half-way leaves nothing that looks whole. */
async function initialize(place: PostgresPlace, durable: boolean): Promise<void> {
  const unfinished = `${place.folder}.new`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true, mode: 0o700 })
  const passwordFile = join(unfinished, 'password')
  const cluster = join(unfinished, 'data')
  writeFileSync(passwordFile, place.password, { mode: 0o600 })
  if (place.owner) {
    chownSync(unfinished, place.owner.uid, place.owner.gid)
    chownSync(passwordFile, place.owner.uid, place.owner.gid)
  }
  const args = [
    `--pgdata=${cluster}`,
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync']),
  ]
  const child = spawn(place.binaries.initdb, args, spawnOptions(place))
  const lines = keepLines(child)
  const code = await new Promise<number | null>((settle, refuse) => {
    child.on('error', refuse)
    child.on('close', settle)
  })
  if (code !== 0)
    throw new Error(`PostgreSQL could not make its data in ${place.folder}:\n${lines.join('\n')}`)
  renameSync(cluster, place.folder)
  rmSync(unfinished, { recursive: true, force: true })
}

function refuseOtherVersion(place: PostgresPlace): void {
  const made = readFileSync(join(place.folder, 'PG_VERSION'), 'utf8').trim()
  const { stdout } = spawnSync(place.binaries.postgres, ['--version'], {
    ...place.owner,
    cwd: '/',
    encoding: 'utf8',
  })
  const ours = /(\d+)(\.\d+|beta|rc|devel)/.exec(stdout)?.[1]
  if (ours !== made) {
    throw new Error(
      `The data in ${place.folder} was made by PostgreSQL ${made}; the one installed is ${ours}. Dump it with the old version and restore it, or set DATA_DIR to a new folder.`,
    )
  }
}

/** A server whose parent was killed is stopped; a `postmaster.pid` that names nobody, or a stranger, is removed. */
async function clearLeftovers(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  const isOurs = () => commandOf(pid).includes(folder)
  if (Number.isInteger(pid) && pid > 1 && isOurs()) {
    process.kill(pid, 'SIGINT')
    for (let waited = 0; isOurs() && waited < 10_000; waited += 50) await pause(50)
    if (isOurs())
      throw new Error(`An earlier PostgreSQL (process ${pid}) still runs in ${folder} and does not stop.`)
  }
  rmSync(file, { force: true })
}

/** A zombie has no command, so it counts as gone. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    if (process.platform === 'linux') return ''
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
  }
}

async function launch(place: PostgresPlace, port: number, durable: boolean) {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    log_checkpoints: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const command = [
    ...(hasSetpriv() ? ['setpriv', '--pdeathsig=INT'] : []),
    place.binaries.postgres,
    '-D',
    place.folder,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const child = spawn(command[0]!, command.slice(1), spawnOptions(place))
  const lines = keepLines(child)
  const ended = new Promise<string>((settle) => {
    child.on('error', (error) => settle(error.message))
    child.on('close', (code, signal) =>
      settle([`PostgreSQL ended (${signal ?? `code ${code}`})`, ...lines.slice(-5)].join('\n')),
    )
  })
  const ready = new Promise<undefined>((settle) => {
    child.stderr!.on('data', () => {
      if (lines.some((line) => line.includes('ready to accept connections'))) settle(undefined)
    })
  })
  const failure = await Promise.race([ready, ended])
  if (failure !== undefined) throw new Error(`PostgreSQL did not start in ${place.folder}. ${failure}`)
  return { child, port, ended }
}

/** Its working folder is `/`, because ours may be one it cannot enter. */
function spawnOptions(place: PostgresPlace): SpawnOptions {
  const { PATH, SystemRoot, NODE_ENV } = process.env
  const environment = { PATH, SystemRoot, NODE_ENV, LC_ALL: 'C', TZ: 'UTC' }
  // A process group of its own: Ctrl-C must not stop it before those who use it.
  return { ...place.owner, cwd: '/', env: environment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] }
}

/** The last lines a process wrote, kept for the message when it fails. */
function keepLines(child: ChildProcess): string[] {
  const lines: string[] = []
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      lines.push(...text.split('\n').filter(Boolean))
      if (lines.length > 50) lines.splice(0, lines.length - 50)
    })
  }
  return lines
}

function hasSetpriv(): boolean {
  return process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig=INT', 'true']).status === 0
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((settle, refuse) => {
    server.once('error', refuse)
    server.listen(0, '127.0.0.1', settle)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((settle) => server.close(settle))
  return port
}

async function createDatabaseOnce(connectionString: string): Promise<void> {
  const address = new URL(connectionString)
  const name = address.pathname.slice(1)
  address.pathname = '/postgres'
  const client = new Client({ connectionString: address.href })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount === 0) await client.query(`create database ${escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

/** Fast shutdown first; a server that does not follow is ended harder. */
async function stopProcess(child: ChildProcess, ended: Promise<string>): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (child.exitCode !== null || child.signalCode !== null) break
    child.kill(signal)
    const late = new AbortController()
    await Promise.race([ended, pause(5_000, undefined, { signal: late.signal }).catch(() => undefined)])
    late.abort()
  }
}
