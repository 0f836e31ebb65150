import type { Pod } from 'kubernetes-types/core/v1'
import { printLines, readLog, type LogOptions } from './pod-logs.ts'
import type { Call } from './calls.ts'
import { StatusError } from './status-errors.ts'
import type { KubeObject } from './trees.ts'

/** Answers `pods/log`; with `follow`, goes on until the client leaves or the container has ended. */
export function followLog({ cluster, kind, response, url }: Call, object: KubeObject): void {
  const query = url.searchParams
  const number = (name: string): number | undefined => (query.has(name) ? Number(query.get(name)) : undefined)
  const isOn = (name: string): boolean => /^(1|true)$/.test(query.get(name) ?? '')
  const options: LogOptions = {
    container: query.get('container') ?? undefined,
    previous: isOn('previous'),
    tailLines: number('tailLines'),
    sinceSeconds: number('sinceSeconds'),
    limitBytes: number('limitBytes'),
    timestamps: isOn('timestamps'),
  }
  const first = readLog(object as unknown as Pod, options, Date.now())
  response.writeHead(200, { 'content-type': 'text/plain' })
  response.write(printLines(first, options))
  if (!isOn('follow')) return void response.end()
  let written = first.at(-1)?.at ?? 0
  const { namespace, name, uid } = object.metadata
  let known = object
  const timer = setInterval(() => {
    const live = cluster.store.get(kind, namespace, name)
    const isGone = live?.metadata.uid !== uid
    if (live && !isGone) known = live
    try {
      const lines = readLog(known as unknown as Pod, { container: options.container }, Date.now())
      const fresh = lines.filter(({ at }) => at > written)
      written = fresh.at(-1)?.at ?? written
      if (fresh.length > 0) response.write(printLines(fresh, options))
      if (isGone) finish()
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      finish()
    }
  }, 200)
  const finish = (): void => {
    clearInterval(timer)
    response.end()
  }
  response.on('close', finish)
}
