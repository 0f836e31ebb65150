import pino, { type Logger } from 'pino'

let log: Logger | undefined

/** The console's log: one JSON line an event. Tokens, passwords and secret values are never given to it. */
export function getLog(): Logger {
  log ??= pino({
    level: process.env.LOG_LEVEL ?? 'info',
    base: null,
    redact: ['password', 'token', 'authorization', '*.password', '*.token', '*.authorization'],
  })
  return log
}
