import type { Noun, StreamListener } from './live.ts'

/** The server sends a sign of life every 15 s; a connection that is silent for longer is dead without knowing it. */
const silenceMilliseconds = 40_000

/** The browser's side of the event stream of one namespace. */
export function openEventStream(address: string, listener: StreamListener): { close(): void } {
  const source = new EventSource(address)
  let timer: ReturnType<typeof setTimeout> | undefined
  const close = () => {
    clearTimeout(timer)
    source.close()
  }
  // Its own reconnecting would hammer, and stops for good at the first refusal: ours replaces it.
  const lose = () => {
    close()
    listener.onLost()
  }
  const hear = () => {
    clearTimeout(timer)
    timer = setTimeout(lose, silenceMilliseconds)
  }
  source.addEventListener('error', lose)
  source.addEventListener('ready', () => {
    hear()
    listener.onOpen()
  })
  source.addEventListener('beat', hear)
  source.addEventListener('changes', (event: MessageEvent<string>) => {
    hear()
    listener.onNouns(JSON.parse(event.data) as Noun[])
  })
  hear()
  return { close }
}
