import { rename, writeFile } from 'node:fs/promises'
import { startSandbox } from './start-sandbox.ts'

/**
 * The sandbox as a process. `SANDBOX_PORT` (any free one), `SANDBOX_KUBECONFIG` (a file to write, mode 0600),
 * `SANDBOX_STATE` (a file that keeps the objects from start to start), `SANDBOX_LOG=requests`. Ends on SIGTERM, SIGINT, or when a parent that started it with an IPC channel goes; such
 * a parent is sent `{ url }` once requests are served.
 */
const {
  SANDBOX_PORT: port = '0',
  SANDBOX_KUBECONFIG: path,
  SANDBOX_STATE: stateFile,
  SANDBOX_LOG: logged,
} = process.env
if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
  process.stderr.write(`SANDBOX_PORT must be a port between 0 and 65535, not "${port}".\n`)
  process.exit(1)
}
try {
  const log =
    logged === 'requests' ? (message: string) => void process.stdout.write(`${message}\n`) : undefined
  const sandbox = await startSandbox({ port: Number(port), log, stateFile })
  if (path) {
    // A file that stands there may be readable by others, and a reader must not see half of the new one.
    const draft = `${path}.${process.pid}`
    await writeFile(draft, sandbox.kubeconfig, { mode: 0o600, flush: true })
    await rename(draft, path)
  }
  if (process.send) process.send({ url: sandbox.url })
  else process.stdout.write(`Sandbox Kubernetes API at ${sandbox.url}\n`)
  const stop = (): void => {
    void sandbox.close().then(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  process.once('disconnect', stop)
} catch (error) {
  process.stderr.write(
    `The sandbox could not start: ${error instanceof Error ? error.message : String(error)}\n`,
  )
  process.exit(1)
}
