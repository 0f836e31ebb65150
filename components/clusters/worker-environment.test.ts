import { expect, test } from 'vitest'
import { dockerCommand, environmentFile, npmCommand } from './worker-environment.ts'

const token = 'wl_abc-123'

test('the environment names the console, the token, the cluster and the mode', () => {
  expect(environmentFile({ clusterName: 'minikube', publicUrl: 'https://console.example.com', token })).toBe(
    [
      'VANTIQ_URL=https://console.example.com',
      'VANTIQ_ACCESS_TOKEN=wl_abc-123',
      'CLUSTER_NAME=minikube',
      'WORKER_MODE=daemon',
    ].join('\n'),
  )
})

test.each([
  ['http://console.example.com:3000', true],
  ['http://localhost:3000', false],
  ['http://127.0.0.1:3000', false],
  ['http://[::1]:3000', false],
  ['https://console.example.com', false],
])('plain http is allowed only where a worker would refuse it: %s', (publicUrl, isAllowed) => {
  const text = environmentFile({ clusterName: 'a', publicUrl, token })
  expect(text.includes('ALLOW_INSECURE_HTTP=true')).toBe(isAllowed)
})

test('a placeholder stands where no token was made, quoted for the shell', () => {
  const text = npmCommand({ clusterName: 'a', publicUrl: 'https://c.example.com', token: null })
  expect(text).toContain("VANTIQ_ACCESS_TOKEN='<access token>' \\\n")
  expect(text.endsWith('\nnpm run worker')).toBe(true)
})

test('a container reaches a console on loopback through the host’s network', () => {
  const image = 'registry.example.com/windlass-worker:1'
  const local = dockerCommand({ clusterName: 'a', publicUrl: 'http://localhost:3000', token }, image)
  const remote = dockerCommand({ clusterName: 'a', publicUrl: 'https://c.example.com', token }, image)
  expect(local).toContain('--network host')
  expect(remote).not.toContain('--network host')
  expect(remote.endsWith(`  ${image}`)).toBe(true)
})
