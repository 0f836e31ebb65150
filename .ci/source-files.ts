import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')

/** Paths from the root of every file that is, or is about to be, in the repository. */
export function listFiles(): string[] {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (listed.status !== 0) throw new Error(`git ls-files failed: ${listed.stderr}`)
  return listed.stdout.split('\0').filter((path) => path !== '' && existsSync(join(root, path)))
}

export function readSources(accept: (path: string) => boolean): Map<string, string> {
  const paths = listFiles().filter((path) => /\.(ts|tsx|mjs)$/.test(path) && accept(path))
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

/** Prints what a check found and ends with its exit code. */
export function report(faults: readonly string[], fine: string): never {
  for (const fault of faults) process.stdout.write(`${fault}\n`)
  if (faults.length === 0) process.stdout.write(`${fine}\n`)
  process.exit(faults.length === 0 ? 0 : 1)
}
