import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { address, identityProvider, port } from './product.ts'
import { runProduct } from './run-product.ts'

/** Starts what `npm start` starts, on a port and in a data folder of its own, and ends it after the last spec. */
export default async function startProduct(): Promise<() => Promise<void>> {
  const dataFolder = makeDataFolder()
  const end = await runProduct({
    port,
    dataFolder,
    environment: {
      OIDC_NAME: identityProvider.name,
      OIDC_ISSUER: identityProvider.issuer,
      OIDC_CLIENT_ID: identityProvider.clientId,
      OIDC_CLIENT_SECRET: identityProvider.clientSecret,
    },
  })
  process.env.WINDLASS_E2E_DATA = dataFolder
  const health = await fetch(`${address}/healthz`)
  if (health.status !== 200) throw new Error(`${address}/healthz answers ${health.status}`)
  return async () => {
    await end()
    rmSync(dataFolder, { recursive: true, force: true })
  }
}

/** PostgreSQL runs as another user where this one is root: it has to get in. */
export function makeDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'windlass-e2e-'))
  chmodSync(folder, 0o711)
  return folder
}
