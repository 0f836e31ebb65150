import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

/** Makes the folder when it is not there. Throws an error whose message is a sentence for the user. */
export function openDataFolder(folder: string): void {
  try {
    // Others may pass through but not list: as root, PostgreSQL runs as another user. The files in it are 0600.
    if (mkdirSync(folder, { recursive: true }) !== undefined) chmodSync(folder, 0o711)
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(',')[0] : String(error)
    throw new Error(`DATA_DIR (${folder}) cannot be written: ${reason}.`, { cause: error })
  }
}

/**
 * Refuses a second start on one data folder; answers how to let go of it. The process's start time tells a supervisor
 * that lives from a stranger that was given the number of one that died.
 */
export function takeDataFolder(folder: string): () => void {
  const file = join(folder, 'running.json')
  const mine = JSON.stringify({ pid: process.pid, startedAt: startTimeOf(process.pid) })
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, mine, { mode: 0o600 })
  try {
    // Linking fails when the name is taken, so of two that start at once only one gets it.
    for (let attempt = 1; ; attempt += 1) {
      try {
        linkSync(unfinished, file)
        return () => rmSync(file, { force: true })
      } catch (error) {
        const holder = readHolder(file)
        if (attempt === 3) throw error
        if (holder !== undefined) {
          throw new Error(
            `Windlass already runs on ${folder} (process ${holder}). Stop it first, or set DATA_DIR to another folder.`,
            { cause: error },
          )
        }
        rmSync(file, { force: true })
      }
    }
  } finally {
    rmSync(unfinished, { force: true })
  }
}

function readHolder(file: string): number | undefined {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; startedAt: string }
    return startTimeOf(kept.pid) === kept.startedAt ? kept.pid : undefined
  } catch {
    return undefined
  }
}

/** Empty for a process that is not there. */
function startTimeOf(pid: number): string {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
  }
  try {
    // Field 22, counted after the command, which is in parentheses and may hold anything.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

const keyBytes = 32

/** A key kept in a file only its owner can read; made at the first start. */
export function keepKey(folder: string, name: string, encoding: 'base64' | 'base64url'): string {
  const file = join(folder, name)
  if (!existsSync(file)) {
    writeFileSync(file, `${randomBytes(keyBytes).toString(encoding)}\n`, { mode: 0o600, flag: 'wx' })
  }
  const key = readFileSync(file, 'utf8').trim()
  if (Buffer.from(key, encoding).length === keyBytes) return key
  throw new Error(`${file} does not hold the ${keyBytes} bytes it was made with. Put it back from a copy.`)
}
