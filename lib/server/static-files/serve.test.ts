import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStaticFiles } from './serve.ts'

describe('createStaticFiles', () => {
  let folder: string
  let server: Server
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'windlass-static-'))
    mkdirSync(join(folder, 'static', 'chunks'), { recursive: true })
    for (const name of ['a.js', 'a.js.br', 'a.js.gz', 'small.js']) {
      writeFileSync(join(folder, 'static', 'chunks', name), name)
    }
    writeFileSync(join(folder, 'secret.js'), 'secret')
    writeFileSync(join(folder, 'secret.js.br'), 'secret')
    const serve = createStaticFiles(join(folder, 'static'))
    server = createServer((incoming, response) => {
      if (!serve(incoming, response)) response.writeHead(204).end()
    })
    await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  })
  afterAll(async () => {
    await new Promise((settle) => server.close(settle))
    rmSync(folder, { recursive: true, force: true })
  })

  /** As sent: `fetch` would tidy the path and unpack the body. */
  const get = (path: string, encodings: string, method = 'GET') =>
    new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((settle, refuse) => {
      const { port } = server.address() as AddressInfo
      const options = { host: '127.0.0.1', port, path, method, agent: false as const }
      request({ ...options, headers: { 'accept-encoding': encodings } }, (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        answer.on('end', () => settle({ status: answer.statusCode!, headers: answer.headers, text }))
      })
        .on('error', refuse)
        .end()
    })

  it.each([
    ['gzip, deflate, br', 'br', 'a.js.br'],
    ['gzip', 'gzip', 'a.js.gz'],
    ['br;q=0, gzip;q=0.5', 'gzip', 'a.js.gz'],
  ])('answers Accept-Encoding %s with %s', async (accepted, encoding, text) => {
    const answer = await get('/_next/static/chunks/a.js?dpl=1', accepted)
    expect(answer).toMatchObject({ status: 200, text })
    expect(answer.headers).toMatchObject({
      'content-encoding': encoding,
      'content-type': 'application/javascript; charset=UTF-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    })
  })

  it('answers HEAD with the headers alone', async () => {
    const answer = await get('/_next/static/chunks/a.js', 'br', 'HEAD')
    expect(answer).toMatchObject({ status: 200, text: '' })
    expect(answer.headers['content-length']).toBe(String('a.js.br'.length))
  })

  it.each([
    ['/_next/static/chunks/a.js', 'identity', 'GET'],
    ['/_next/static/chunks/small.js', 'br', 'GET'],
    ['/_next/static/chunks/a.js.br', 'br', 'GET'],
    ['/_next/static/../secret.js', 'br', 'GET'],
    ['/_next/static/%2e%2e/secret.js', 'br', 'GET'],
    ['/_next/static/..%2fsecret.js', 'br', 'GET'],
    ['/_next/static/%', 'br', 'GET'],
    ['/_next/static/chunks/a.js', 'br', 'POST'],
    ['/sign-in', 'br', 'GET'],
  ])('leaves %s with %s to Next', async (path, accepted, method) => {
    expect(await get(path, accepted, method)).toMatchObject({ status: 204 })
  })
})
