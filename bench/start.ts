import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Bench } from './figures.ts'

const port = Number(process.env.BENCH_PORT ?? 4191)
const starts = 5

/** From the command to /healthz answering 200, with everything installed and built; the first start makes the data. */
export const start: Bench = {
  about: 'ready time of a second `npm start`, with and without the sandbox',
  async run(say) {
    const dataFolder = mkdtempSync(join(tmpdir(), 'windlass-bench-'))
    chmodSync(dataFolder, 0o711)
    try {
      const first = await measureStart(dataFolder, 'on')
      say(`first start, database made: ${first.toFixed(0)} ms`)
      const withSandbox: number[] = []
      const without: number[] = []
      for (let round = 1; round <= starts; round += 1) {
        withSandbox.push(await measureStart(dataFolder, 'on'))
        without.push(await measureStart(dataFolder, 'off'))
        say(`round ${round} of ${starts}`)
      }
      return [
        { title: 'first start', unit: 'ms', values: [first] },
        { title: 'second start', unit: 'ms', values: withSandbox },
        { title: 'second start, SANDBOX=off', unit: 'ms', values: without, peer: 'second start' },
      ]
    } finally {
      rmSync(dataFolder, { recursive: true, force: true })
    }
  },
}

async function measureStart(dataFolder: string, sandbox: 'on' | 'off'): Promise<number> {
  const started = performance.now()
  const product = spawn('npm', ['start'], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, PORT: String(port), DATA_DIR: dataFolder, SANDBOX: sandbox, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that the signal reaches npm and what it started, as Ctrl-C does.
    detached: true,
  })
  let output = ''
  for (const stream of [product.stdout, product.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const ended = new Promise((settle) => product.on('close', settle))
  try {
    while (!(await isHealthy())) {
      if (product.exitCode !== null || performance.now() - started > 120_000) {
        throw new Error(`The product did not start:\n${output}`)
      }
      await pause(10)
    }
    return performance.now() - started
  } finally {
    if (product.exitCode === null) process.kill(-product.pid!, 'SIGINT')
    await ended
  }
}

async function isHealthy(): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/healthz`)).status === 200
  } catch {
    return false
  }
}
