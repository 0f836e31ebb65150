/** What may have changed; no values. The same words as the server's announcements. */
export type Noun = 'cluster' | 'installation' | 'workitem' | 'library' | 'token' | 'member'

export type LiveState = 'live' | 'reconnecting' | 'paused'

export interface LiveListener {
  onState(state: LiveState): void
  /** Something of these nouns changed. */
  onNouns(nouns: readonly Noun[]): void
  /** Changes may have gone unheard: everything shown is to be looked at again. */
  onGap(): void
}

export interface StreamListener {
  onOpen(): void
  onNouns(nouns: readonly Noun[]): void
  onLost(): void
}

/** Opens one stream; `onLost` is called at most once, and never after `close`. */
export type OpenStream = (listener: StreamListener) => { close(): void }

interface LiveParts {
  /** Tabs with the same name share one stream. */
  name: string
  openStream: OpenStream
  /** Absent outside of https and loopback: then every visible tab has a stream of its own. */
  locks: LockManager | undefined
  random?: () => number
}

type Message =
  | { kind: 'state'; state: LiveState }
  | { kind: 'nouns'; nouns: readonly Noun[] }
  | { kind: 'gap' }
  | { kind: 'who' }

const firstRetryMilliseconds = 500
const slowestRetryMilliseconds = 15_000

/**
 * One event stream a browser: among the visible tabs, whoever holds the lock has the stream and tells the others over a
 * channel. A tab that is hidden gives both up, one that closes loses the lock by itself, and the next in line takes over.
 */
export function joinLive(parts: LiveParts, listener: LiveListener) {
  const channel = new BroadcastChannel(parts.name)
  let state: LiveState = 'paused'
  let resign: (() => void) | undefined
  let isLeading = false

  const enter = (next: LiveState) => {
    if (next === state) return
    state = next
    listener.onState(next)
  }
  const tell = (message: Message) => channel.postMessage(message)

  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'who') {
      if (isLeading) tell({ kind: 'state', state })
      return
    }
    // Paused, this tab looks at everything again when it is shown; leading, it knows best itself.
    if (state === 'paused' || isLeading) return
    if (data.kind === 'nouns') listener.onNouns(data.nouns)
    else if (data.kind === 'gap') listener.onGap()
    else if (data.state !== 'paused') {
      const wasLive = state === 'live'
      enter(data.state)
      if (data.state === 'live' && !wasLive) listener.onGap()
    }
  })

  function lead(): () => void {
    isLeading = true
    enter('reconnecting')
    const stop = keepStream(parts, {
      onOpen() {
        enter('live')
        tell({ kind: 'state', state: 'live' })
        // Whoever hears the state for the first time looks again by itself; the others are told.
        tell({ kind: 'gap' })
        listener.onGap()
      },
      onNouns(nouns) {
        tell({ kind: 'nouns', nouns })
        listener.onNouns(nouns)
      },
      onLost() {
        enter('reconnecting')
        tell({ kind: 'state', state: 'reconnecting' })
        // Looking at once tells a session that ended, which a page must not outlive, from a server that is away.
        tell({ kind: 'gap' })
        listener.onGap()
      },
    })
    return () => {
      isLeading = false
      stop()
    }
  }

  function show(): void {
    if (resign) return
    enter('reconnecting')
    const waiting = new AbortController()
    let stopLeading: (() => void) | undefined
    let release: () => void = () => undefined
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    resign = () => {
      waiting.abort()
      stopLeading?.()
      release()
    }
    if (!parts.locks) {
      stopLeading = lead()
      return
    }
    tell({ kind: 'who' })
    parts.locks
      .request(parts.name, { signal: waiting.signal }, () => {
        if (waiting.signal.aborted) return undefined
        stopLeading = lead()
        return released
      })
      .catch(() => undefined)
  }

  function hide(): void {
    resign?.()
    resign = undefined
    enter('paused')
  }

  return {
    setVisible: (isVisible: boolean) => (isVisible ? show() : hide()),
    close() {
      hide()
      channel.close()
    },
  }
}

/** Keeps one stream open, with waits that grow and differ between browsers. The answer ends it. */
function keepStream({ openStream, random = Math.random }: LiveParts, listener: StreamListener): () => void {
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let stream = open()
  function open() {
    return openStream({
      onOpen() {
        failures = 0
        listener.onOpen()
      },
      onNouns: (nouns) => listener.onNouns(nouns),
      onLost() {
        listener.onLost()
        const wait = Math.min(slowestRetryMilliseconds, firstRetryMilliseconds * 2 ** failures)
        failures += 1
        timer = setTimeout(
          () => {
            stream = open()
          },
          wait * (0.5 + random()),
        )
      },
    })
  }
  return () => {
    clearTimeout(timer)
    stream.close()
  }
}
