import { fieldManager, type KubernetesObject } from '#lib/domain/kubernetes-object.ts'
import { exchange, ExchangeFailure, parseRetryAfter } from '#lib/protocol/exchange.ts'
import { backoffMilliseconds, wait } from '../waits.ts'
import type { KubernetesConnection } from './connection.ts'
import { KubernetesError, toKubernetesError } from './error.ts'
import { isKind, type Kind, kinds, type ObjectAddress, pathOf } from './kinds.ts'

/** What bounds a series of requests: a lease, or the end of the process. */
export interface Guard {
  signal: AbortSignal
  /** Called before every attempt to write; throws when writing is over. */
  assertMayWrite(): void
  /** Milliseconds that a write may still take. */
  remainingMilliseconds(): number
}

export interface KubernetesClient {
  serverVersion(): Promise<string>
  get(address: ObjectAddress): Promise<KubernetesObject | null>
  list(kind: Kind, namespace: string, query?: Record<string, string>): Promise<KubernetesObject[]>
  create(object: KubernetesObject): Promise<KubernetesObject>
  /** Carries the resourceVersion of what was read: another one is a 409. */
  replace(object: KubernetesObject): Promise<KubernetesObject>
  /** Server-side apply, never forced. With metadata.resourceVersion another one is a 409. */
  apply(object: KubernetesObject): Promise<{ object: KubernetesObject; created: boolean }>
  /** False when it was gone already. Only the very object that was read is deleted. */
  delete(object: KubernetesObject, propagationPolicy?: 'Background' | 'Orphan'): Promise<boolean>
  /** The same client, its requests bounded by the guard. */
  guardedBy(guard: Guard): KubernetesClient
}

interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  query?: Record<string, string>
  body?: unknown
  contentType?: string
}

const requestTimeoutMilliseconds = 10_000
const maximumAttempts = 6
const maximumAnswerBytes = 128 * 1024 ** 2
const listPageSize = '500'

export function createKubernetesClient(connection: KubernetesConnection, guard?: Guard): KubernetesClient {
  async function attempt(call: Call): Promise<{ status: number; body: unknown }> {
    const url = new URL(connection.url.href.replace(/\/+$/, '') + call.path)
    for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value)
    const remaining = call.method === 'GET' ? Infinity : (guard?.remainingMilliseconds() ?? Infinity)
    try {
      const answer = await exchange({
        url,
        method: call.method,
        headers: {
          ...(await connection.headers()),
          accept: 'application/json',
          ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
        },
        body: call.body === undefined ? undefined : JSON.stringify(call.body),
        agent: connection.agent,
        timeoutMilliseconds: Math.min(requestTimeoutMilliseconds, remaining),
        maximumBytes: maximumAnswerBytes,
        signal: guard?.signal,
      })
      if (answer.status < 200 || answer.status > 299) {
        throw toKubernetesError(answer.status, answer.body, parseRetryAfter(answer.headers['retry-after']))
      }
      return { status: answer.status, body: JSON.parse(answer.body.toString('utf8')) as unknown }
    } catch (error) {
      if (error instanceof KubernetesError) throw error
      if (guard?.signal.aborted) throw guard.signal.reason
      const words = error instanceof ExchangeFailure ? error.message : 'its answer is not JSON'
      throw new KubernetesError({
        status: 0,
        reason: 'Unreachable',
        message: `The API server at ${connection.url.origin} cannot be used: ${words}`,
      })
    }
  }

  async function send(call: Call): Promise<{ status: number; body: unknown }> {
    for (let tries = 0; ; tries += 1) {
      if (call.method !== 'GET') guard?.assertMayWrite()
      try {
        return await attempt(call)
      } catch (error) {
        const again = error instanceof KubernetesError && error.isTransient && tries + 1 < maximumAttempts
        if (!again || (error.retryAfterSeconds ?? 0) > 30) throw error
        await wait(
          backoffMilliseconds(tries, {
            firstMilliseconds: 200,
            maximumMilliseconds: 5000,
            retryAfterSeconds: error.retryAfterSeconds,
          }),
          guard?.signal,
        )
        if (guard?.signal.aborted) throw guard.signal.reason
      }
    }
  }

  const addressOf = (object: KubernetesObject): ObjectAddress => {
    if (!isKind(object.kind)) throw new Error(`This worker does not handle objects of kind ${object.kind}.`)
    return {
      kind: object.kind,
      namespace: object.metadata.namespace ?? 'default',
      name: object.metadata.name,
    }
  }
  const pathOfObject = (object: KubernetesObject) => {
    const { kind, namespace, name } = addressOf(object)
    return pathOf(kind, namespace, name)
  }

  return {
    async serverVersion() {
      const { body } = await send({ method: 'GET', path: '/version' })
      return (body as { gitVersion?: string }).gitVersion ?? ''
    },
    async get({ kind, namespace, name }) {
      try {
        const { body } = await send({ method: 'GET', path: pathOf(kind, namespace, name) })
        return body as KubernetesObject
      } catch (error) {
        if (error instanceof KubernetesError && error.status === 404) return null
        throw error
      }
    },
    async list(kind, namespace, query = {}) {
      const found: KubernetesObject[] = []
      let page = ''
      do {
        const { body } = await send({
          method: 'GET',
          path: pathOf(kind, namespace),
          query: { ...query, limit: listPageSize, ...(page === '' ? {} : { continue: page }) },
        })
        const list = body as { items?: KubernetesObject[]; metadata?: { continue?: string } }
        // Items of a list carry neither kind nor apiVersion.
        for (const item of list.items ?? []) found.push({ ...item, kind, apiVersion: kinds[kind].apiVersion })
        page = list.metadata?.continue ?? ''
        // A continued list starts at a version of its own; `resourceVersion=0` may not be repeated with it.
        if (page !== '') delete query.resourceVersion
      } while (page !== '')
      return found
    },
    async create(object) {
      const { kind, namespace } = addressOf(object)
      const { body } = await send({
        method: 'POST',
        path: pathOf(kind, namespace),
        query: { fieldManager },
        body: object,
      })
      return body as KubernetesObject
    },
    async replace(object) {
      const { body } = await send({
        method: 'PUT',
        path: pathOfObject(object),
        query: { fieldManager },
        body: object,
      })
      return body as KubernetesObject
    },
    async apply(object) {
      const { status, body } = await send({
        method: 'PATCH',
        path: pathOfObject(object),
        query: { fieldManager, force: 'false' },
        body: object,
        contentType: 'application/apply-patch+yaml',
      })
      return { object: body as KubernetesObject, created: status === 201 }
    },
    async delete(object, propagationPolicy = 'Background') {
      const { uid, resourceVersion } = object.metadata
      try {
        await send({
          method: 'DELETE',
          path: pathOfObject(object),
          body: {
            apiVersion: 'v1',
            kind: 'DeleteOptions',
            propagationPolicy,
            preconditions: { uid, resourceVersion },
          },
        })
        return true
      } catch (error) {
        if (error instanceof KubernetesError && error.status === 404) return false
        throw error
      }
    },
    guardedBy: (next) => createKubernetesClient(connection, next),
  }
}
