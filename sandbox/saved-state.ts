import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { kindNamed } from './kinds.ts'
import type { Store } from './store.ts'
import type { KubeObject } from './trees.ts'

interface SavedState {
  resourceVersion: number
  objects: { kind: string; object: KubeObject }[]
}

/** What a machine that restarts forgets: containers and what was said about them. Their controllers make them anew. */
const forgotten = new Set(['Pod', 'Event'])
/** Changes within this time are written together; a kill loses no more than that. */
const gatherMs = 100
/** Versions that may have been given out after the last writing are not given again. */
const versionsSkipped = 10_000

/** Brings back what `file` holds, if it is there. Throws a sentence when it cannot be read. */
export function restoreState(store: Store, file: string): void {
  if (!existsSync(file)) return
  try {
    const saved = JSON.parse(readFileSync(file, 'utf8')) as SavedState
    store.resourceVersion = saved.resourceVersion + versionsSkipped
    for (const { kind, object } of saved.objects) store.put(kindNamed(kind), object)
    store.forgetUntil(store.resourceVersion)
  } catch (error) {
    throw new Error(`${file} cannot be read (${String(error)}); remove it to begin with an empty sandbox.`, {
      cause: error,
    })
  }
}

/** Writes the state to `file` (mode 0600: it holds Secrets) soon after each change; answers how to do so at once and end. */
export function saveState(store: Store, file: string): () => void {
  let timer: NodeJS.Timeout | undefined
  const save = (): void => {
    timer = undefined
    const objects = store
      .everything()
      .filter(({ kind }) => !forgotten.has(kind.kind))
      .map(({ kind, object }) => ({ kind: kind.kind, object }))
    const state: SavedState = { resourceVersion: store.resourceVersion, objects }
    writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  const unsubscribe = store.subscribe(({ kind }) => {
    if (!forgotten.has(kind.kind)) timer ??= setTimeout(save, gatherMs)
  })
  return () => {
    unsubscribe()
    clearTimeout(timer)
    save()
  }
}
