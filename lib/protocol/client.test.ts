import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createConsoleClient } from './client.ts'
import { ConsoleError } from './client-error.ts'

const token = 'wl_not-to-be-seen'
const claim = {
  worker: {
    id: '6f1b5a8e-0000-4000-8000-000000000001',
    version: '1.0.0',
    mode: 'once' as const,
    k8sVersion: null,
    k8sNamespaces: null,
  },
  clusterName: 'minikube',
  claimId: '6f1b5a8e-0000-4000-8000-000000000002',
  limit: 1,
  waitSeconds: 0,
}
const emptyAnswer = JSON.stringify({ items: [], installations: [], serverVersion: '1.0.0' })

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function serve(listener: RequestListener) {
  server = createServer(listener)
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return clientFor(`http://127.0.0.1:${servedPort()}/base/`)
}

const servedPort = () => (server?.address() as AddressInfo | undefined)?.port ?? 0

const clientFor = (url: string) =>
  createConsoleClient({ url: new URL(url), token, clusterName: 'minikube', version: '1.0.0' })

async function failureOf(call: Promise<unknown>): Promise<ConsoleError> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ConsoleError)) throw new Error('The call did not fail as a ConsoleError')
  expect(error.message).not.toContain(token)
  return error
}

describe("the console's client", () => {
  it('sends token, protocol version and message, and keeps a path in the address', async () => {
    const seen: unknown[] = []
    const client = await serve((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        seen.push(
          request.url,
          request.headers.authorization,
          request.headers['windlass-protocol'],
          JSON.parse(body),
        )
        response.end(emptyAnswer)
      })
    })
    const { answer } = await client.claim(claim)
    expect(answer.serverVersion).toBe('1.0.0')
    expect(seen).toEqual(['/base/api/worker/claim', `Bearer ${token}`, '1', claim])
  })

  it.each([
    [401, 'unauthorized', /wrong, expired or revoked/],
    [403, 'forbidden', /may not serve cluster "minikube".*said so/],
    [404, 'unknownCluster', /said so/],
    [409, 'staleLease', /said so/],
    [426, 'protocolUnsupported', /does not speak version 1.*said so/],
    [400, 'refused', /said so/],
    [429, 'unavailable', /slow down/],
    [503, 'unavailable', /cannot serve just now/],
  ] as const)('tells status %i apart as %s', async (status, kind, message) => {
    const client = await serve((_, response) => {
      response.writeHead(status, { 'retry-after': '7' })
      response.end(JSON.stringify([{ code: 'x', message: 'The console said so.', params: [] }]))
    })
    const error = await failureOf(client.claim(claim))
    expect(error.kind).toBe(kind)
    expect(error.message).toMatch(message)
    expect(error.retryAfterSeconds).toBe(kind === 'unavailable' ? 7 : undefined)
  })

  it.each([
    ['a page of somebody else', 404, '<html>'],
    ['a redirect', 302, ''],
    ['no JSON', 200, 'hello'],
    ['another message', 200, '{"items":"none"}'],
  ])('does not mistake %s for a console', async (_, status, body) => {
    const client = await serve((_request, response) => {
      response.writeHead(status, { location: 'https://elsewhere.example/' })
      response.end(body)
    })
    expect((await failureOf(client.claim(claim))).kind).toBe('garbage')
  })

  it('refuses an answer without end', async () => {
    const client = await serve((_, response) => {
      const chunk = Buffer.alloc(1024 ** 2)
      const write = () => {
        while (!response.destroyed && response.write(chunk)) continue
      }
      response.on('drain', write)
      write()
    })
    const error = await failureOf(
      client.renew({ workerId: claim.claimId, clusterName: 'minikube', leases: [] }),
    )
    expect(error.message).toMatch(/longer than/)
  })

  it('says that the address cannot be reached', async () => {
    const error = await failureOf(clientFor('http://127.0.0.1:1').claim(claim))
    expect(error.kind).toBe('network')
    expect(error.message).toMatch(/Cannot reach the console at http:\/\/127\.0\.0\.1:1 .*ECONNREFUSED/)
    expect(error.isTransient).toBe(true)
  })

  it('goes through the proxy of the environment, but not to loopback', async () => {
    const seen: (string | undefined)[] = []
    const local = await serve((request, response) => {
      seen.push(request.url)
      response.end(emptyAnswer)
    })
    const port = servedPort()
    vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${port}`)
    await clientFor('http://console.example').claim(claim)
    await local.claim(claim)
    await clientFor(`http://127.0.0.1:${port}`).claim(claim)
    vi.unstubAllEnvs()
    expect(seen).toEqual([
      'http://console.example/api/worker/claim',
      '/base/api/worker/claim',
      '/api/worker/claim',
    ])
  })

  it('gives a held claim up when told to', async () => {
    const client = await serve(() => {})
    const giveUp = new AbortController()
    const claiming = failureOf(client.claim({ ...claim, waitSeconds: 50 }, giveUp.signal))
    giveUp.abort()
    expect((await claiming).kind).toBe('aborted')
  })
})
