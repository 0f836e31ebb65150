import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { adminEmail, adminPassword } from './product.ts'

const readyWithinMilliseconds = 60_000

interface RunProductOptions {
  port: number
  dataFolder: string
  environment?: Record<string, string>
}

/** Starts the product and waits until it is ready. The answer ends it, and leaves the data folder as it is. */
export async function runProduct(options: RunProductOptions): Promise<() => Promise<void>> {
  const product = spawn(process.execPath, ['deploy/local/start.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: {
      ...process.env,
      // An empty variable counts as none: what this machine has set is not what is tested.
      DATABASE_URL: '',
      PUBLIC_URL: '',
      PORT: String(options.port),
      DATA_DIR: options.dataFolder,
      ADMIN_EMAIL: adminEmail,
      ADMIN_PASSWORD: adminPassword,
      LOG_LEVEL: 'warn',
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [product.stdout, product.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-20_000)
    })
  }
  const ended = new Promise<void>((settle) => product.on('close', () => settle()))
  const end = async () => {
    product.kill('SIGTERM')
    await ended
  }
  const deadline = performance.now() + readyWithinMilliseconds
  while (!output.includes('is ready after')) {
    if (product.exitCode !== null || performance.now() > deadline) {
      await end()
      throw new Error(`The product did not start:\n${output}`)
    }
    await Promise.race([ended, new Promise((settle) => setTimeout(settle, 50))])
  }
  return end
}
