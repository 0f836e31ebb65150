import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBrowser } from './browser.ts'
import { countPlaywright, countVitest, type Counts } from './counts.ts'
import { root } from './source-files.ts'

/**
 * `npm test`: everything, in the order of what fails fastest; `npm run verify`: the checks alone. Nothing stops at the
 * first failure. The last line is `N passed, N failed`; a check counts as one, a suite by its tests.
 */
interface Stage {
  name: string
  /** Programs of node_modules by the path of their script; other scripts are ours. */
  script: string
  args?: string[]
  count?: (reportFile: string) => Counts | undefined
  prepare?: () => void
}

const checks: Stage[] = [
  {
    name: 'types',
    script: 'node_modules/typescript/bin/tsc',
    args: ['--noEmit'],
    prepare: generateRouteTypes,
  },
  { name: 'lint', script: 'node_modules/oxlint/bin/oxlint', args: ['--type-aware', '.', '.ci'] },
  { name: 'import table', script: '.ci/import-table.ts' },
  { name: 'scoped queries', script: '.ci/scoped-queries.ts' },
  {
    name: 'formatting',
    script: 'node_modules/prettier/bin/prettier.cjs',
    args: ['--check', '--log-level=warn', '.'],
  },
  { name: 'dead code', script: 'node_modules/knip/bin/knip.js', args: ['--config', '.ci/knip.json'] },
  { name: 'schema and migrations', script: '.ci/schema-in-step.ts' },
  { name: 'documents', script: '.ci/docs-paths.ts' },
  { name: 'lock file', script: '.ci/lock-file.ts' },
]

const reports = mkdtempSync(join(tmpdir(), 'windlass-reports-'))

const vitest = (project: string): Stage => ({
  name: `${project} tests`,
  script: 'node_modules/vitest/vitest.mjs',
  args: [
    'run',
    '--config=.ci/vitest.config.ts',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(reports, `${project} tests`)}`,
  ],
  count: countVitest,
})

const tests: Stage[] = [
  vitest('unit'),
  vitest('db'),
  {
    name: 'browser tests',
    script: 'node_modules/@playwright/test/cli.js',
    args: ['test', '--config', 'e2e/playwright.config.ts'],
    count: countPlaywright,
    prepare: ensureBrowser,
  },
]

const total: Counts = { passed: 0, failed: 0, skipped: 0 }
const failedStages: string[] = []
const isVerify = process.argv.includes('verify')

if (!isVerify && spawnSync('kubectl', ['version', '--client']).status !== 0) {
  process.stdout.write('kubectl is not on this machine: the tests that need it are skipped.\n')
}
for (const stage of isVerify ? checks : [...checks, ...tests]) {
  const counts = await runStage(stage)
  total.passed += counts.passed
  total.failed += counts.failed
  total.skipped += counts.skipped
  if (counts.failed > 0) failedStages.push(stage.name)
}
rmSync(reports, { recursive: true, force: true })
if (failedStages.length > 0) process.stdout.write(`\nFailed: ${failedStages.join(', ')}\n`)
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`)
process.exit(total.failed > 0 ? 1 : 0)

/** Those of the last build may name routes that are gone. */
function generateRouteTypes(): void {
  const next = ['node_modules/next/dist/bin/next', 'typegen']
  const { status, stdout, stderr } = spawnSync(process.execPath, next, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`next typegen failed.\n${stdout}${stderr}`)
}

/** What a check prints is shown when it fails; what a suite prints, always. */
async function runStage(stage: Stage): Promise<Counts> {
  const started = performance.now()
  const isSuite = stage.count !== undefined
  if (isSuite) process.stdout.write(`\n── ${stage.name}\n`)
  const reportFile = join(reports, stage.name)
  let output = ''
  let code: number | null
  try {
    stage.prepare?.()
    code = await run(stage, reportFile, (text) => {
      if (isSuite) process.stdout.write(text)
      else output += text
    })
  } catch (error) {
    code = null
    output = `${error instanceof Error ? error.message : String(error)}\n`
  }
  const counts = readCounts(stage, reportFile, code)
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  const mark = counts.failed > 0 ? '✗' : '✓'
  if (counts.failed > 0) process.stdout.write(output)
  const numbers = isSuite ? `, ${counts.passed} passed, ${counts.failed} failed` : ''
  process.stdout.write(`${mark} ${stage.name} (${seconds} s${numbers})\n`)
  return counts
}

/** An exit code that is not nought is a failure, whatever the report says. */
function readCounts(stage: Stage, reportFile: string, code: number | null): Counts {
  const counts = stage.count?.(reportFile)
  if (!counts) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

function run(stage: Stage, reportFile: string, print: (text: string) => void): Promise<number | null> {
  return new Promise((settle, refuse) => {
    const child = spawn(process.execPath, [stage.script, ...(stage.args ?? [])], {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', print)
    child.on('error', refuse)
    child.on('close', settle)
  })
}
