'use client'

import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let now = Date.now()

/** One clock for the whole page, so that everything ticks together and a list of a thousand has one timer. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === undefined) {
    now = Date.now()
    timer = setInterval(tick, 1000)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick(): void {
  if (document.hidden) return
  now = Date.now()
  for (const listener of listeners) listener()
}

/** The time now in milliseconds, in whole seconds of the page's clock; null while rendering on the server. */
export function useNow<Value>(select: (now: number) => Value, onServer: Value): Value {
  return useSyncExternalStore(
    subscribe,
    () => select(now),
    () => onServer,
  )
}
