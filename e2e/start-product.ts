import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { address, adminEmail, adminPassword, identityProvider, port } from './product.ts'

const readyWithinMilliseconds = 60_000

/** Starts what `npm start` starts, on a port and in a data folder of its own, and ends it after the last spec. */
export default async function startProduct(): Promise<() => Promise<void>> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'windlass-e2e-'))
  chmodSync(dataFolder, 0o711)
  const product = spawn(process.execPath, ['deploy/local/start.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: {
      ...process.env,
      // An empty variable counts as none: what this machine has set is not what is tested.
      DATABASE_URL: '',
      PUBLIC_URL: '',
      PORT: String(port),
      DATA_DIR: dataFolder,
      ADMIN_EMAIL: adminEmail,
      ADMIN_PASSWORD: adminPassword,
      OIDC_NAME: identityProvider.name,
      OIDC_ISSUER: identityProvider.issuer,
      OIDC_CLIENT_ID: identityProvider.clientId,
      OIDC_CLIENT_SECRET: identityProvider.clientSecret,
      LOG_LEVEL: 'warn',
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
  const stop = async () => {
    product.kill('SIGTERM')
    await ended
    rmSync(dataFolder, { recursive: true, force: true })
  }
  process.env.WINDLASS_E2E_DATA = dataFolder
  const deadline = performance.now() + readyWithinMilliseconds
  while (!output.includes('is ready after')) {
    if (product.exitCode !== null || performance.now() > deadline) {
      await stop()
      throw new Error(`The product did not start:\n${output}`)
    }
    await Promise.race([ended, new Promise((settle) => setTimeout(settle, 50))])
  }
  const health = await fetch(`${address}/healthz`)
  if (health.status !== 200) throw new Error(`${address}/healthz answers ${health.status}`)
  return stop
}
