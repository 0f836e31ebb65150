import type { ContainerStatus, Pod } from 'kubernetes-types/core/v1'
import { expect, test } from 'vitest'
import { printLines, readLog, type LogOptions } from './pod-logs.ts'

const startedAt = '2026-01-01T00:00:00Z'
const startMs = Date.parse(startedAt)

function podWith(status: Partial<ContainerStatus>, names = ['main']): Pod {
  const containers = names.map((name) => ({ name, image: 'app:1' }))
  const whole = { name: 'main', ready: true, restartCount: 0, image: 'app:1', imageID: '', ...status }
  return { metadata: { name: 'pod-0' }, spec: { containers }, status: { containerStatuses: [whole] } }
}

const running = podWith({ state: { running: { startedAt } } })
const print = (options: LogOptions, pod = running): string =>
  printLines(readLog(pod, options, startMs + 5000), options)

test.for([
  [
    'all',
    {},
    'Starting app:1\nReading configuration\nListening for requests\nStill working, 1\nStill working, 2\n',
  ],
  ['the tail', { tailLines: 1 }, 'Still working, 2\n'],
  ['the last seconds', { sinceSeconds: 2 }, 'Still working, 2\n'],
  ['as many bytes as wanted', { limitBytes: 8 }, 'Starting'],
  ['times', { tailLines: 1, timestamps: true }, '2026-01-01T00:00:04.000000000Z Still working, 2\n'],
] as const)('shows %s', ([, options, text]) => {
  expect(print(options)).toBe(text)
})

test.for([
  [
    {},
    podWith({}, ['main', 'side']),
    'a container name must be specified for pod pod-0, choose one of: [main side]',
  ],
  [{ container: 'none' }, running, 'container none is not valid for pod pod-0'],
  [{ previous: true }, running, 'previous terminated container "main" in pod "pod-0" not found'],
  [
    {},
    podWith({ state: { waiting: { reason: 'ContainerCreating' } } }),
    'is waiting to start: ContainerCreating',
  ],
  [
    {},
    podWith({ state: { waiting: { reason: 'ErrImagePull' } } }),
    'is waiting to start: trying and failing to pull image',
  ],
] as const)('refuses %o in the words of the kubelet', ([options, pod, message]) => {
  expect(() => print(options, pod)).toThrow(message)
})
