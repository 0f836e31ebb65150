import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../.ci/test-database.ts'
import { makeFirstAdmin, makePerson } from '../../../.ci/test-people.ts'
import type { UserActor } from '../access/actor.ts'
import { createCluster } from '../clusters/create.ts'
import { removeMembership } from '../memberships/remove.ts'
import { createNamespace } from '../namespaces/create.ts'
import { endCurrentSession } from '../sessions/end-sessions.ts'
import { stopListening } from './listen.ts'
import { streamChanges } from './stream-changes.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let admin: UserActor

beforeAll(async () => {
  database = await createTestDatabase()
  admin = await makeFirstAdmin()
  await createNamespace(admin, { name: 'other' })
})
afterAll(async () => {
  await stopListening()
  await database.drop()
})

/** Reads the events of a stream one after the other; null at its end. */
async function listen(actor: UserActor) {
  const request = new AbortController()
  const response = await streamChanges(actor, 'default', request.signal)
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  async function next(): Promise<string | null> {
    while (!text.includes('\n\n')) {
      const { value, done } = await reader.read()
      if (done) return null
      text += value
    }
    const [event = ''] = text.split('\n\n', 1)
    text = text.slice(event.length + 2)
    return event
  }
  /** What comes once the listening connection is up, which is told by a second `ready`. */
  async function nextChange(): Promise<string | null> {
    const event = await next()
    return event?.startsWith('event: ready') || event?.startsWith('event: beat') ? nextChange() : event
  }
  /** Resolves when the stream ends, whatever is heard until then. */
  async function end(): Promise<void> {
    while ((await next()) !== null);
  }
  return { next, nextChange, end, abort: () => request.abort() }
}

test('a stream says which nouns of its namespace changed, and nothing else', async () => {
  const stream = await listen(admin)
  expect(await stream.next()).toBe('event: ready\ndata: null')
  expect(await stream.next()).toBe('event: ready\ndata: null')
  await createCluster(admin, 'other', { name: 'elsewhere' })
  await createCluster(admin, 'default', { name: 'minikube' })
  expect(await stream.nextChange()).toBe('event: changes\ndata: ["cluster"]')
  stream.abort()
  await stream.end()
})

test('it ends within seconds when the session ends', async () => {
  const viewer = await makePerson(admin, 'leaving@example.com', 'viewer')
  const stream = await listen(viewer)
  await endCurrentSession(viewer)
  await stream.end()
})

test('it ends within seconds when the membership is taken away', async () => {
  const viewer = await makePerson(admin, 'removed@example.com', 'viewer')
  const stream = await listen(viewer)
  await removeMembership(admin, 'default', viewer.userId)
  await stream.end()
})

test('nobody without the right to read gets one', async () => {
  const stranger = await makePerson(admin, 'stranger@example.com', null)
  await expect(listen(stranger)).rejects.toMatchObject({ httpStatus: 404 })
  const user = await makePerson(admin, 'user@example.com', 'user')
  await expect(listen(user)).rejects.toMatchObject({ httpStatus: 403 })
})
