import pino, { type DestinationStream, type Logger } from 'pino'
import { serializeError } from './describe-error.ts'

let log: Logger | undefined

/** The console's log: one JSON line an event. Tokens, passwords and secret values are never given to it. */
export function getLog(): Logger {
  log ??= createLog(process.env.LOG_LEVEL ?? 'info')
  return log
}

export function createLog(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      redact: ['password', 'token', 'authorization', '*.password', '*.token', '*.authorization'],
      serializers: { err: serializeError, error: serializeError },
    },
    destination,
  )
}
