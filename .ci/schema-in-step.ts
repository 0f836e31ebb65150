import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { report, root } from './source-files.ts'

/** The migrations are sound, and together make the schema: generating once more makes nothing. */
const migrations = join(root, 'drizzle/migrations')
const faults: string[] = []

const checked = run(['check', '--config', 'drizzle/config.ts'])
if (checked.status !== 0) faults.push(checked.output)

const copy = mkdtempSync(join(root, 'node_modules/.migrations-'))
try {
  cpSync(migrations, copy, { recursive: true })
  const generated = run([
    'generate',
    '--dialect=postgresql',
    '--casing=snake_case',
    '--schema=./drizzle/schema.ts',
    `--out=${relative(root, copy)}`,
    '--name=missing',
  ])
  if (generated.status !== 0) faults.push(generated.output)
  const more = readdirSync(copy).filter(
    (name) => name.endsWith('.sql') && !readdirSync(migrations).includes(name),
  )
  if (more.length > 0) {
    faults.push(
      'drizzle/schema.ts has changes that no migration makes: run `npm run migration -- --name <what>`',
    )
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
report(faults, 'schema and migrations are in step')

function run(args: string[]): { status: number | null; output: string } {
  const program = join(root, 'node_modules/drizzle-kit/bin.cjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, output: `${stdout}${stderr}` }
}
