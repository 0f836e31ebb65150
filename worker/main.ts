import packageJson from '../package.json' with { type: 'json' }
import { createLog } from './log.ts'
import { runWorker } from './run-worker.ts'
import { parseWorkerSettings, type WorkerSettings } from './settings.ts'

/** After a signal everything has this long to end by itself. */
const stopWithinMilliseconds = 4000

function readSettings(): WorkerSettings {
  try {
    return parseWorkerSettings(process.env)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'The settings are wrong.'}\n`)
    process.exit(1)
  }
}

const settings = readSettings()
const log = createLog(settings.logLevel)
const stopping = new AbortController()

function stop(): void {
  if (stopping.signal.aborted) return
  stopping.abort()
  setTimeout(() => process.exit(0), stopWithinMilliseconds).unref()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
// Started with IPC, the worker belongs to its parent: it ends with it.
if (process.send) process.once('disconnect', stop)

try {
  await runWorker({
    settings,
    version: packageJson.version,
    log,
    environment: process.env,
    signal: stopping.signal,
  })
  process.exitCode = 0
} catch (error) {
  process.exitCode = 1
  log.error(error instanceof Error ? error.message : 'The worker met a fault it does not know.')
}
if (process.connected) process.disconnect()
