import { request } from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'
import { parse } from 'yaml'
import type { Sandbox } from '../start-sandbox.ts'
import type { KubeObject } from '../trees.ts'

export interface Answer {
  code: number
  headers: NodeJS.Dict<string | string[]>
  text: string
  /** The parsed body; text where it is not one JSON document. */
  body: KubeObject & {
    message: string
    reason: string
    details: Record<string, unknown>
    items: KubeObject[]
  }
}

/** Sends one request over real HTTPS. A `patch` type makes it that kind of PATCH. */
export type Send = (method: string, path: string, body?: unknown, patch?: string) => Promise<Answer>

export interface Connection {
  send: Send
  /** Server-side apply as `manager`. */
  apply: (path: string, manager: string, body: unknown, query?: string) => Promise<Answer>
  /** Waits until what a path answers fulfils the condition; fails after five seconds with what it last was. */
  until: (path: string, condition: (body: Answer['body']) => boolean) => Promise<Answer['body']>
}

export function connect(sandbox: Sandbox): Connection {
  const config = parse(sandbox.kubeconfig) as { clusters: { cluster: Record<string, string> }[] }
  const ca = Buffer.from(config.clusters[0]?.cluster['certificate-authority-data'] ?? '', 'base64')
  const send: Send = (method, path, body, patch) =>
    new Promise((resolve, reject) => {
      const text = body === undefined || typeof body === 'string' ? (body ?? '') : JSON.stringify(body)
      const headers = {
        'content-length': Buffer.byteLength(text),
        authorization: `Bearer ${sandbox.token}`,
        'content-type': patch ? `application/${patch}` : 'application/json',
        'user-agent': 'tester/1.0',
      }
      const sent = request(new URL(path, sandbox.url), { method, ca, headers }, (answer) => {
        let received = ''
        answer.on('data', (part: Buffer) => (received += part.toString()))
        answer.on('error', reject)
        answer.on('end', () => {
          const isJson = answer.headers['content-type'] === 'application/json' && !path.includes('watch=')
          const parsed: unknown = isJson ? JSON.parse(received) : received
          resolve({
            code: answer.statusCode ?? 0,
            headers: answer.headers,
            text: received,
            body: parsed as Answer['body'],
          })
        })
      })
      sent.on('error', reject)
      sent.end(text)
    })
  return {
    send,
    apply: (path, manager, body, query = '') =>
      send('PATCH', `${path}?fieldManager=${manager}${query}`, body, 'apply-patch+yaml'),
    until: async (path, condition) => {
      const deadline = Date.now() + 5000
      for (;;) {
        const { body } = await send('GET', path)
        if (condition(body)) return body
        if (Date.now() > deadline) throw new Error(`${path} never became so; it is ${JSON.stringify(body)}`)
        await pause(5)
      }
    },
  }
}

/** A StatefulSet as the product makes them: one container, `main`. */
export function statefulSet(name: string, spec: object = {}, container: object = {}): KubeObject {
  const labels = { app: name }
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: {
      serviceName: `${name}-headless`,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'main', image: 'registry.example.com/app:1', ...container }] },
      },
      ...spec,
    },
  }
}

export const setPath = '/apis/apps/v1/namespaces/default/statefulsets'
export const corePath = '/api/v1/namespaces/default'
