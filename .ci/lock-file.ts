import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { report, root } from './source-files.ts'

interface Entry {
  version?: string
  optional?: boolean
  dev?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

interface Lock {
  packages: Record<string, Entry>
}

/**
 * Programs for other platforms are optional dependencies. A package source that lacks some makes `npm install` leave
 * them out of the lock silently, and then `npm ci` fails on every machine. `--complete` puts them back in.
 */
const lockFile = join(root, 'package-lock.json')
const lock = JSON.parse(readFileSync(lockFile, 'utf8')) as Lock

const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(([name]) => !isLocked(path, name))
    .map(([name, version]) => ({ name, version, isDev: entry.dev === true })),
)

if (process.argv.includes('--complete')) {
  for (const { name, version, isDev } of missing) {
    lock.packages[`node_modules/${name}`] = {
      version: version.replace(/^[\^~]/, ''),
      ...platformOf(name),
      ...(isDev ? { dev: true } : {}),
      optional: true,
    }
  }
  const sorted = Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1))
  lock.packages = Object.fromEntries(sorted)
  writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`)
  report([], `${missing.length} entries added to package-lock.json`)
}

const faults = missing.map(
  ({ name, version }) => `package-lock.json lacks ${name}@${version}; \`npm run lock\` adds it`,
)
for (const [path, entry] of Object.entries(lock.packages)) {
  if ('resolved' in entry)
    faults.push(`package-lock.json says where ${path} was loaded from; .npmrc leaves it out`)
}
report(faults.length > 0 ? faults : installDryly(), 'npm ci works from the lock file alone')

function isLocked(path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in lock.packages) return true
    if (folder === '') return false
  }
}

/** Read from the name: such packages are named after where they run. */
function platformOf(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> {
  const found = /(darwin|win32|windows|linux|freebsd|android|openharmony)-(\w+)(?:-(\w+))?/.exec(name)
  if (!found) throw new Error(`${name} does not say in its name which platform it is for`)
  const [, system, processor, flavour = ''] = found
  const os = system === 'windows' ? 'win32' : system!
  const libc = os !== 'linux' ? undefined : flavour.startsWith('musl') ? ['musl'] : ['glibc']
  return { os: [os], cpu: [processor!], ...(libc && flavour !== '' ? { libc } : {}) }
}

function installDryly(): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'windlass-lock-'))
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
    copyFileSync(join(root, file), join(folder, file))
  }
  const npm = spawnSync('npm', ['ci', '--dry-run', '--ignore-scripts', '--include=dev', '--prefer-offline'], {
    cwd: folder,
    encoding: 'utf8',
  })
  rmSync(folder, { recursive: true, force: true })
  return npm.status === 0 ? [] : [npm.stdout, npm.stderr]
}
