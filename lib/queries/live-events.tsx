'use client'

import { useQueryClient } from '@tanstack/react-query'
import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import { addresses } from '#lib/domain/addresses.ts'
import { openEventStream } from './event-stream.ts'
import { everyNoun, refetchNouns } from './keys.ts'
import { joinLive, type LiveState, type Noun } from './live.ts'
import { createRefresher } from './refresher.ts'

/** Without a stream the page asks by itself; with one it still does now and then, since an announcement can be lost. */
const pollMilliseconds = { reconnecting: 10_000, live: 60_000 } as const

const LiveContext = createContext<LiveState>('paused')

/** Whether this page moves by itself at the moment. */
export const useLiveState = () => use(LiveContext)

/** Keeps every query of the namespace in step with what happens, for as long as the page is seen. */
export function LiveEvents({ namespace, children }: { namespace: string; children: ReactNode }) {
  const client = useQueryClient()
  const [state, setState] = useState<LiveState>('paused')

  useEffect(() => {
    const refresh = createRefresher<Noun>((nouns) => refetchNouns(client, namespace, nouns))
    const live = joinLive(
      {
        name: `windlass:${namespace}`,
        locks: isSecureContext ? navigator.locks : undefined,
        openStream: (listener) => openEventStream(addresses.events(namespace), listener),
      },
      { onState: setState, onNouns: refresh, onGap: () => refresh(everyNoun) },
    )
    const look = () => live.setVisible(!document.hidden)
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      live.close()
    }
  }, [client, namespace])

  useEffect(() => {
    if (state === 'paused') return undefined
    const timer = setInterval(() => void refetchNouns(client, namespace, everyNoun), pollMilliseconds[state])
    return () => clearInterval(timer)
  }, [client, namespace, state])

  return <LiveContext value={state}>{children}</LiveContext>
}
