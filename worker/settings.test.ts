import { describe, expect, it } from 'vitest'
import { parseWorkerSettings } from './settings.ts'

const good = {
  VANTIQ_URL: 'https://console.example',
  VANTIQ_ACCESS_TOKEN: 'wl_secret',
  CLUSTER_NAME: 'minikube',
}

describe('the environment', () => {
  it('has defaults for all but address, token and cluster', () => {
    expect(parseWorkerSettings({ ...good, LOG_LEVEL: '' })).toEqual({
      consoleUrl: new URL('https://console.example'),
      accessToken: 'wl_secret',
      clusterName: 'minikube',
      mode: 'once',
      concurrency: 8,
      rolloutTimeoutSeconds: 300,
      kubeconfig: null,
      logLevel: 'info',
    })
  })

  it.each([
    ['VANTIQ_URL', 'ftp://x', /^VANTIQ_URL is wrong: must be an https:\/\/ address\.$/],
    ['VANTIQ_URL', 'http://console.example', /ALLOW_INSECURE_HTTP=true/],
    ['VANTIQ_URL', 'https://user:pass@console.example', /without user/],
    ['VANTIQ_ACCESS_TOKEN', undefined, /^VANTIQ_ACCESS_TOKEN is not set\.$/],
    ['VANTIQ_ACCESS_TOKEN', 'two words', /^VANTIQ_ACCESS_TOKEN is wrong: must be a token/],
    ['CLUSTER_NAME', '', /^CLUSTER_NAME is not set\.$/],
    ['CLUSTER_NAME', 'new', /"new" cannot be a cluster name/],
    ['WORKER_MODE', 'cron', /must be "once" or "daemon"/],
    ['WORKER_CONCURRENCY', '0', /^WORKER_CONCURRENCY is wrong/],
    ['ROLLOUT_TIMEOUT_SECONDS', 'soon', /^ROLLOUT_TIMEOUT_SECONDS is wrong/],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL is wrong/],
  ])('refuses %s=%s with one sentence', (name, value, message) => {
    const parse = () => parseWorkerSettings({ ...good, [name]: value })
    expect(parse).toThrow(message)
    expect(parse).not.toThrow(/two words|wl_secret/)
  })

  it.each([
    ['http://127.0.0.1:3000', undefined],
    ['http://localhost:3000', undefined],
    ['http://[::1]:3000', undefined],
    ['http://console.example', 'true'],
  ])('takes plain http to %s with ALLOW_INSECURE_HTTP=%s', (VANTIQ_URL, ALLOW_INSECURE_HTTP) => {
    expect(parseWorkerSettings({ ...good, VANTIQ_URL, ALLOW_INSECURE_HTTP }).consoleUrl.protocol).toBe(
      'http:',
    )
  })
})
