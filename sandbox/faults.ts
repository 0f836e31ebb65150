import { badRequest } from './status-errors.ts'
import type { KubeObject } from './trees.ts'

/** A fault ordered for the next requests that match; see `POST /sandbox/faults`. */
export interface Fault {
  /** HTTP method; absent: any. */
  method?: string
  /** A regular expression over the path with its query. */
  path: string
  /** How many requests; 1 unless given. */
  times?: number
  /** Answered in place of the real answer. */
  status?: number
  headers?: Record<string, string>
  body?: unknown
  /** The connection breaks before the request is carried out, or after it was and before it is answered. */
  breakConnection?: 'before' | 'after'
  delayMs?: number
}

/** One accepted write, as `GET /sandbox/writes` lists them. */
export interface Write {
  time: string
  method: string
  path: string
  manager: string
  kind: string
  namespace: string
  name: string
  uid: string
  resourceVersion: string
}

/** Faults that wait to happen, and the record of writes that happened. */
export class FaultBoard {
  private ordered: { fault: Fault; pattern: RegExp; left: number }[] = []
  readonly writes: Write[] = []

  /** Throws 400 for a path that is no regular expression. */
  order(faults: Fault[]): void {
    try {
      const more = faults.map((fault) => ({ fault, pattern: new RegExp(fault.path), left: fault.times ?? 1 }))
      this.ordered.push(...more)
    } catch (error) {
      throw badRequest(String(error))
    }
  }

  clear(): void {
    this.ordered = []
  }

  /** Those that have not happened yet, with how often they still will. */
  list(): Fault[] {
    return this.ordered.map(({ fault, left }) => ({ ...fault, times: left }))
  }

  /** The fault for this request, counted down. */
  take(method: string, path: string): Fault | undefined {
    const found = this.ordered.find(
      ({ fault, pattern }) => (!fault.method || fault.method === method) && pattern.test(path),
    )
    if (found && --found.left <= 0) this.ordered = this.ordered.filter((one) => one !== found)
    return found?.fault
  }

  record(method: string, path: string, manager: string, { kind, metadata }: KubeObject): void {
    const { namespace = '', name, uid = '', resourceVersion = '' } = metadata
    this.writes.push({
      time: new Date().toISOString(),
      method,
      path,
      manager,
      kind,
      namespace,
      name,
      uid,
      resourceVersion,
    })
    if (this.writes.length > 50_000) this.writes.splice(0, 10_000)
  }
}

/** A service account of this name is missing; all others are taken to exist, for the sandbox keeps none. */
export const missingAccount = 'no-such-account'

/** What a container does, told by its image: `…/fault-pull…` or tag `no-such-tag`, `crash-loop`, `never-ready`, `slow-start-5s`. */
export function behaviourOf(image: string): {
  pulls: boolean
  crashes: boolean
  becomesReady: boolean
  slowMs: number
} {
  const [, amount = '0', unit] = /slow-start-(\d+)(ms|s)/.exec(image) ?? []
  return {
    pulls: !image.includes('fault-pull') && !image.endsWith(':no-such-tag'),
    crashes: image.includes('crash-loop'),
    becomesReady: !image.includes('never-ready'),
    slowMs: Number(amount) * (unit === 's' ? 1000 : 1),
  }
}
