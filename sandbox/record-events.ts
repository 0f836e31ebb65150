import { randomBytes } from 'node:crypto'
import { kindNamed } from './kinds.ts'
import { StatusError } from './status-errors.ts'
import type { Store } from './store.ts'
import type { KubeObject } from './trees.ts'
import { timestamp, type ObjectWriter } from './write-objects.ts'

/** Writes an event about an object, as `kubectl get events` shows it. */
export type Announce = (
  about: KubeObject,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
  source: string,
) => void

const eventKind = kindNamed('Event')
const mostEvents = 2000

/** Only so many events are kept: the oldest make room. */
export function eventWriter(store: Store, writer: ObjectWriter): Announce {
  /** The event that says a thing of an object; saying it again counts up, as the real recorder does. */
  const said = new Map<string, KubeObject>()
  return (about, type, reason, message, component) => {
    const { name, namespace = 'default', uid, resourceVersion } = about.metadata
    const at = timestamp()
    const key = JSON.stringify([uid, reason, message])
    const known = said.get(key)
    const live = known && store.get(eventKind, namespace, known.metadata.name)
    if (live) {
      store.put(eventKind, { ...live, count: Number(live.count) + 1, lastTimestamp: at })
      return
    }
    for (const [oldest, event] of said) {
      if (said.size < mostEvents) break
      said.delete(oldest)
      if (store.get(eventKind, event.metadata.namespace, event.metadata.name)) store.remove(eventKind, event)
    }
    const { apiVersion, kind } = about
    const event = {
      metadata: { name: `${name}.${randomBytes(8).toString('hex')}` },
      involvedObject: { apiVersion, kind, name, namespace, uid, resourceVersion },
      type,
      reason,
      message,
      count: 1,
      firstTimestamp: at,
      lastTimestamp: at,
      source: { component },
      reportingComponent: component,
      reportingInstance: '',
    }
    try {
      said.set(key, writer.create(eventKind, namespace, JSON.parse(JSON.stringify(event))))
    } catch (error) {
      // A namespace on its way out takes no more events.
      if (!(error instanceof StatusError)) throw error
    }
  }
}
