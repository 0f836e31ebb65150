import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refuseUnservable } from './refuse-unservable.ts'

let server: Server

beforeAll(async () => {
  server = createServer((incoming, response) => {
    if (!refuseUnservable(incoming, response)) response.end('served')
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
})
afterAll(() => new Promise((settle) => server.close(settle)))

const ask = (method: string, path: string) =>
  new Promise<{ status: number | undefined; body: string }>((settle, refuse) => {
    const { port } = server.address() as AddressInfo
    request({ host: '127.0.0.1', port, method, path, agent: false }, (answer) => {
      text(answer).then((body) => settle({ status: answer.statusCode, body }), refuse)
    })
      .on('error', refuse)
      .end()
  })

test.each([
  ['TRACE', '/ns/default/clusters', 405, 'io.windlass.method.not.allowed'],
  ['GET', '/ns/default/clusters/a%00b', 400, 'storableText'],
  ['GET', '/ns/%zz', 400, 'percentEncoding'],
])('%s %s is refused before Next sees it', async (method, path, status, word) => {
  const answer = await ask(method, path)
  expect(answer.status).toBe(status)
  expect(JSON.parse(answer.body)).toHaveLength(1)
  expect(answer.body).toContain(word)
})

test.each([
  ['GET', '/ns/default/clusters/a%2500b?search=%00'],
  ['PROPFIND', '/'],
])('%s %s is left to Next', async (method, path) => {
  expect(await ask(method, path)).toEqual({ status: 200, body: 'served' })
})
