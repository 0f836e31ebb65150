import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'

export interface Part {
  name: string
  process: ChildProcess
  /** Settles when the part ended, asked or not; says why. */
  ended: Promise<string>
  stop(): Promise<void>
}

/**
 * Starts a program of ours as a process of its own, in a process group of its own: Ctrl-C reaches the supervisor only,
 * which ends the parts in their order. What it prints goes to `print`, line by line.
 */
export function startPart(
  name: string,
  file: string,
  options: { env: NodeJS.ProcessEnv; args?: string[]; print: (name: string, line: string) => void },
): Part {
  const preload = join(import.meta.dirname, 'end-with-parent.ts')
  const root = join(import.meta.dirname, '../..')
  const child = spawn(process.execPath, ['--import', preload, join(root, file), ...(options.args ?? [])], {
    cwd: root,
    env: options.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const ended = new Promise<string>((settle) => {
    child.on('error', (error) => settle(`The ${name} could not be started: ${error.message}`))
    child.on('close', (code, signal) => {
      const how = signal ? `was ended by ${signal}.` : `ended with code ${code}; what it said stands above.`
      settle(`The ${name} ${how}`)
    })
  })
  for (const stream of [child.stdout!, child.stderr!]) {
    createInterface({ input: stream }).on('line', (line) => {
      options.print(name, line)
    })
  }
  return {
    name,
    process: child,
    ended,
    async stop() {
      for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
        if (child.exitCode !== null || child.signalCode !== null) return
        child.kill(signal)
        const late = new AbortController()
        await Promise.race([ended, pause(6_000, undefined, { signal: late.signal }).catch(() => undefined)])
        late.abort()
      }
    },
  }
}
