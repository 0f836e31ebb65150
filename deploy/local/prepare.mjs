// Runs before `npm start` and `npm test` on whatever Node is there and before anything is installed: plain JavaScript
// for Node 20, no dependencies. Installs and builds what changed, and nothing else.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))
const installStamp = join(root, 'node_modules', '.windlass-installed')
const buildStamp = join(root, '.next', '.windlass-built')
const node24 = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** What `next build` reads. A change of anything else builds nothing. */
const buildInputs = [
  'app',
  'components',
  'lib',
  'drizzle',
  'public',
  'proxy.ts',
  'instrumentation.ts',
  'next.config.js',
  'deploy/compress-static.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Windlass needs Node 20 or newer; this is ${process.versions.node}.`)
}
process.chdir(root)

const installed = hashOf(['package.json', 'package-lock.json', '.npmrc'], [process.platform, process.arch])
if (readIfThere(installStamp) !== installed || !existsSync(node24)) {
  await install()
  writeFileSync(installStamp, installed)
}

if (!process.argv.includes('--install-only')) {
  const built = hashOf(buildInputs, [])
  if (readIfThere(buildStamp) !== built || !existsSync(join(root, '.next', 'BUILD_ID'))) {
    rmSync(buildStamp, { force: true })
    await build()
    writeFileSync(buildStamp, built)
  }
}

/** Contents, not times: a fresh checkout of the same sources builds nothing. Tests are no part of a build. */
function hashOf(paths, more) {
  const hash = createHash('sha256')
  for (const text of more) hash.update(`${text}\n`)
  const add = (path) => {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (!stat) return
    if (stat.isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name))
    } else if (stat.isFile() && !/\.test\.tsx?$/.test(path)) {
      hash.update(`${path}\0${stat.size}\0`).update(readFileSync(path))
    }
  }
  paths.forEach(add)
  return hash.digest('hex')
}

/** By the Node that runs npm: the one in node_modules is about to be replaced. */
async function install() {
  const node = process.env.npm_node_execpath ?? process.execPath
  const npm = process.env.npm_execpath
  const args = [
    'ci',
    '--include=dev',
    '--ignore-scripts=false',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, 'node_modules')))
    .join(delimiter)
  const environment = { ...process.env, PATH: path, NODE_ENV: 'development' }
  const byNode = npm !== undefined && /\.[cm]?js$/.test(npm)
  await run(
    `Installing ${countPackages()} packages`,
    byNode ? node : 'npm',
    byNode ? [npm, ...args] : args,
    environment,
  )
  if (!existsSync(node24)) {
    fail(
      'The package `node` did not bring its program along: npm may be set to run no install scripts (ignore-scripts).',
    )
  }
}

/** Those of this platform; the lock file names the others' programs too. */
function countPackages() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  return Object.values(packages).filter(({ os, cpu }) => {
    return (!os || os.includes(process.platform)) && (!cpu || cpu.includes(process.arch))
  }).length
}

async function build() {
  const environment = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  await run('Building', node24, ['node_modules/next/dist/bin/next', 'build'], environment)
  await run('Compressing static files', node24, ['deploy/compress-static.ts'], environment)
}

/** Runs a long step, showing what is done and for how many seconds; what it printed is shown when it fails. */
function run(title, command, args, environment) {
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const isTerminal = process.stdout.isTTY
  let output = ''
  let latest = ''
  const show = () => {
    const text = `${title} … ${seconds()} s${latest && ` · ${latest}`}`
    if (isTerminal) process.stdout.write(`\r\u001b[2K${text.slice(0, (process.stdout.columns ?? 80) - 1)}`)
    else process.stdout.write(`${text}\n`)
  }
  show()
  const timer = setInterval(show, isTerminal ? 1_000 : 10_000)
  return new Promise((settle) => {
    const child = spawn(command, args, {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command === 'npm',
    })
    const stop = (signal) => child.kill(signal)
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
    const keep = (text) => {
      output = (output + text).slice(-100_000)
      const lines = stripVTControlCharacters(String(text)).split('\n')
      latest = lines.map((line) => line.trim()).findLast((line) => line.length > 3) ?? latest
    }
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    child.on('error', (error) => {
      clearInterval(timer)
      fail(`\n${title} failed: ${error.message}`)
    })
    child.on('close', (code, signal) => {
      clearInterval(timer)
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      if (isTerminal) process.stdout.write('\r\u001b[2K')
      if (code === 0) {
        process.stdout.write(`${title} … done in ${seconds()} s\n`)
        settle()
      } else if (signal === 'SIGINT' || signal === 'SIGTERM') {
        fail(`${title} was stopped.`, 130)
      } else {
        process.stderr.write(output)
        fail(`\n${title} failed (code ${code}); what it printed stands above.`)
      }
    })
  })
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function fail(sentence, code = 1) {
  process.stderr.write(`${sentence}\n`)
  process.exit(code)
}
