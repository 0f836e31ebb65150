const levels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof levels)[number]

/** One line an event, readable in `kubectl logs`. What it is given never holds the token or a secret. */
export interface Log {
  debug(sentence: string): void
  info(sentence: string): void
  warn(sentence: string): void
  error(sentence: string): void
}

export function createLog(
  level: LogLevel,
  write: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
): Log {
  const lowest = levels.indexOf(level)
  const at = (name: LogLevel) => (sentence: string) => {
    if (levels.indexOf(name) < lowest) return
    // A line break inside a message would let a pod's words pose as lines of ours.
    write(
      `${new Date().toISOString()} ${name.toUpperCase().padEnd(5)} ${sentence.replaceAll(/[\r\n]+/g, ' ⏎ ')}`,
    )
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

export const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`
