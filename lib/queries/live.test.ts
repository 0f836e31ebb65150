import { afterEach, expect, test, vi } from 'vitest'
import { joinLive, type LiveState, type Noun, type OpenStream, type StreamListener } from './live.ts'

/** A server with streams that open when they are told to; counts how many are held. */
function makeServer() {
  const open = new Set<StreamListener>()
  let opened = 0
  const openStream: OpenStream = (listener) => {
    open.add(listener)
    opened += 1
    return { close: () => open.delete(listener) }
  }
  return {
    openStream,
    held: () => open.size,
    opened: () => opened,
    accept: () => open.forEach((listener) => listener.onOpen()),
    send: (nouns: Noun[]) => open.forEach((listener) => listener.onNouns(nouns)),
    drop: () =>
      [...open].forEach((listener) => {
        open.delete(listener)
        listener.onLost()
      }),
  }
}

const tabs: { close(): void }[] = []
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.close()
})

let number = 0

/** A browser of its own for each test: locks and channels are shared by name. */
function makeBrowser(locks: LockManager | undefined = navigator.locks) {
  number += 1
  const server = makeServer()
  const name = `test-${process.pid}-${number}`
  const openTab = () => {
    const heard: { state: LiveState; nouns: Noun[][]; gaps: number } = { state: 'paused', nouns: [], gaps: 0 }
    const live = joinLive(
      { name, locks, openStream: server.openStream, random: () => 0 },
      {
        onState: (state) => (heard.state = state),
        onNouns: (nouns) => heard.nouns.push([...nouns]),
        onGap: () => (heard.gaps += 1),
      },
    )
    tabs.push(live)
    live.setVisible(true)
    return { heard, live }
  }
  return { server, openTab }
}

test('of two tabs one holds the stream, and both hear', async () => {
  const { server, openTab } = makeBrowser()
  const first = openTab()
  await vi.waitFor(() => expect(server.held()).toBe(1))
  server.accept()
  const second = openTab()
  await vi.waitFor(() => expect(second.heard.state).toBe('live'))
  // It may have missed what came before it was told of the stream.
  expect(second.heard.gaps).toBe(1)
  expect(server.held()).toBe(1)
  server.send(['workitem'])
  expect(first.heard.nouns).toEqual([['workitem']])
  await vi.waitFor(() => expect(second.heard.nouns).toEqual([['workitem']]))
})

test('a tab that is hidden gives the stream to one that is seen, and looks again when it is shown', async () => {
  const { server, openTab } = makeBrowser()
  const first = openTab()
  await vi.waitFor(() => expect(server.held()).toBe(1))
  server.accept()
  const second = openTab()
  await vi.waitFor(() => expect(second.heard.state).toBe('live'))
  first.live.setVisible(false)
  expect(first.heard.state).toBe('paused')
  await vi.waitFor(() => expect(server.opened()).toBe(2))
  expect(server.held()).toBe(1)
  server.accept()
  const gaps = first.heard.gaps
  first.live.setVisible(true)
  await vi.waitFor(() => expect(first.heard.state).toBe('live'))
  expect(first.heard.gaps).toBeGreaterThan(gaps)
})

test('when every tab is hidden nobody holds a stream', async () => {
  const { server, openTab } = makeBrowser()
  const { live } = openTab()
  await vi.waitFor(() => expect(server.held()).toBe(1))
  live.setVisible(false)
  expect(server.held()).toBe(0)
})

test('a lost stream is opened again, and everything is looked at again', async () => {
  const { server, openTab } = makeBrowser()
  const { heard } = openTab()
  await vi.waitFor(() => expect(server.held()).toBe(1))
  server.accept()
  server.drop()
  expect(heard.state).toBe('reconnecting')
  await vi.waitFor(() => expect(server.held()).toBe(1))
  expect(heard.gaps).toBe(2)
  server.accept()
  expect(heard).toMatchObject({ state: 'live', gaps: 3 })
})

test('without locks every tab that is seen has a stream of its own', () => {
  number += 1
  const server = makeServer()
  for (const _ of [1, 2]) {
    const live = joinLive(
      { name: `test-${process.pid}-${number}`, locks: undefined, openStream: server.openStream },
      { onState: () => undefined, onNouns: () => undefined, onGap: () => undefined },
    )
    tabs.push(live)
    live.setVisible(true)
  }
  expect(server.held()).toBe(2)
})
