import type { Pod } from 'kubernetes-types/core/v1'
import { badRequest } from './status-errors.ts'

/** A running container writes a line this often. */
const lineEveryMs = 2000
const longestLog = 5000

export interface LogOptions {
  container?: string
  previous?: boolean
  tailLines?: number
  sinceSeconds?: number
  limitBytes?: number
  timestamps?: boolean
}

interface Line {
  at: number
  text: string
}

function startLines(image: string, at: number): Line[] {
  return [`Starting ${image}`, 'Reading configuration', 'Listening for requests'].map((text, index) => ({
    at: at + index,
    text,
  }))
}

/** What a container has written between its start and `until`: a few lines at once, then one every two seconds. */
function linesOf(image: string, startedAt: number, until: number, end?: string): Line[] {
  const lines = startLines(image, startedAt)
  const count = Math.floor((until - startedAt) / lineEveryMs)
  for (let number = Math.max(1, count - longestLog); number <= count; number++)
    lines.push({ at: startedAt + number * lineEveryMs, text: `Still working, ${number}` })
  if (end) lines.push({ at: until, text: end })
  return lines
}

/** The lines of one container at `now`, in milliseconds; 400 in the kubelet's words where there is none. */
export function readLog(pod: Pod, options: LogOptions, now: number): Line[] {
  const name = pod.metadata?.name ?? ''
  const containers = pod.spec?.containers.map((one) => one.name) ?? []
  if (!options.container && containers.length > 1)
    throw badRequest(
      `a container name must be specified for pod ${name}, choose one of: [${containers.join(' ')}]`,
    )
  const container = options.container ?? containers[0] ?? ''
  if (!containers.includes(container)) throw badRequest(`container ${container} is not valid for pod ${name}`)
  const found = pod.status?.containerStatuses?.find((one) => one.name === container)
  const image = pod.spec?.containers.find((one) => one.name === container)?.image ?? ''
  const ended = options.previous
    ? found?.lastState?.terminated
    : (found?.state?.terminated ?? (found?.state?.waiting && found.lastState?.terminated))
  if (options.previous && !ended)
    throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`)
  let lines: Line[]
  if (ended) {
    const end = ended.exitCode === 0 ? 'Stopped' : `Failed: exit code ${ended.exitCode}`
    lines = linesOf(image, Date.parse(String(ended.startedAt)), Date.parse(String(ended.finishedAt)), end)
  } else if (found?.state?.running)
    lines = linesOf(image, Date.parse(String(found.state.running.startedAt)), now)
  else {
    const reason = found?.state?.waiting?.reason ?? 'ContainerCreating'
    const why = /^(ErrImagePull|ImagePullBackOff)$/.test(reason) ? 'trying and failing to pull image' : reason
    throw badRequest(`container "${container}" in pod "${name}" is waiting to start: ${why}`)
  }
  if (options.sinceSeconds !== undefined)
    lines = lines.filter(({ at }) => at >= now - (options.sinceSeconds ?? 0) * 1000)
  return options.tailLines === undefined ? lines : lines.slice(Math.max(0, lines.length - options.tailLines))
}

export function printLines(lines: Line[], options: LogOptions): string {
  const text = lines
    .map(
      ({ at, text }) =>
        `${options.timestamps ? `${new Date(at).toISOString().replace('Z', '000000Z')} ` : ''}${text}\n`,
    )
    .join('')
  return options.limitBytes === undefined ? text : text.slice(0, options.limitBytes)
}
