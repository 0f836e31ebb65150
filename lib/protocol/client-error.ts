/** Every way a call to the console can fail; the loops decide by it, the log shows its sentence. */
export type ConsoleErrorKind =
  | 'unauthorized'
  | 'forbidden'
  | 'unknownCluster'
  | 'protocolUnsupported'
  | 'staleLease'
  | 'refused'
  | 'unavailable'
  | 'garbage'
  | 'network'
  | 'aborted'

/** The message is one sentence that says what is wrong and what to do; it never holds the token. */
export class ConsoleError extends Error {
  readonly kind: ConsoleErrorKind
  readonly retryAfterSeconds: number | undefined

  constructor(kind: ConsoleErrorKind, message: string, retryAfterSeconds?: number) {
    super(message)
    this.name = 'ConsoleError'
    this.kind = kind
    this.retryAfterSeconds = retryAfterSeconds
  }

  /** True when the same call may succeed later without anybody changing a setting. */
  get isTransient(): boolean {
    return this.kind === 'unavailable' || this.kind === 'garbage' || this.kind === 'network'
  }
}
