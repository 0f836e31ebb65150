import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { ConsoleClient } from '#lib/protocol/client.ts'
import type { ClaimAnswer, LeasedItem, RenewAnswer } from '#lib/protocol/messages.ts'
import type { Log } from '../log.ts'
import type { Work } from '../work.ts'
import { claimUntilEmpty } from './claim.ts'

const numbering = { configMaps: {}, secrets: {}, services: {}, ingresses: {}, persistentVolumeClaims: {} }

const leasedItem = (): LeasedItem => ({
  requestId: randomUUID(),
  operation: 'deploy',
  lease: { token: randomUUID(), number: 1, remainingMilliseconds: 30_000 },
  attempts: 0,
  ownership: { consoleId: 'c', namespaceId: 'n', clusterId: 'k', installationId: 'i' },
  installationName: 'web',
  k8sNamespace: 'default',
  revision: 1,
  config: [],
  numbering,
  cluster: { ingressDefaultNode: 'node', ingressClassName: null },
  deleteVolumes: false,
})

/** What a single run begins, with a console that answers its first claim that long after the question. */
async function beginAfter(heldMilliseconds: number, items: LeasedItem[], granted: RenewAnswer['leases']) {
  const answers: ClaimAnswer[] = [items, []].map((each) => ({
    items: each,
    installations: [],
    serverVersion: '1',
  }))
  const claimedAt = performance.now() - heldMilliseconds
  const client = {
    claim: async () => ({ answer: answers.shift(), askedAt: claimedAt }),
    renew: async () => ({ answer: { leases: granted }, askedAt: performance.now() }),
  } as unknown as ConsoleClient
  const begun: { requestId: string; remainingMilliseconds: number; age: number }[] = []
  const work = {
    freeSlots: 8,
    count: 0,
    start({ requestId, lease }: LeasedItem, since: number) {
      const age = performance.now() - since
      begun.push({ requestId, remainingMilliseconds: lease.remainingMilliseconds, age })
    },
  } as unknown as Work
  const log = { info: () => undefined, warn: () => undefined } as unknown as Log
  const describeWorker = () => ({
    id: randomUUID(),
    version: '1',
    mode: 'once' as const,
    k8sVersion: null,
    k8sNamespaces: null,
  })
  await claimUntilEmpty(
    { client, work, log, clusterName: 'here', describeWorker, onInstallations: () => undefined },
    new AbortController().signal,
  )
  return begun
}

test('of an answer that was under way for long, only what is still granted is begun', async () => {
  const [lost, kept] = [leasedItem(), leasedItem()]
  const granted = [{ requestId: kept.requestId, remainingMilliseconds: 12_345 }]
  const [only, ...more] = await beginAfter(40_000, [lost, kept], granted)
  expect(more).toEqual([])
  expect(only).toMatchObject({ requestId: kept.requestId, remainingMilliseconds: 12_345 })
  expect(only?.age).toBeLessThan(5000)
})

test('leases of a prompt answer count from the question', async () => {
  const item = leasedItem()
  const [begun] = await beginAfter(500, [item], [])
  expect(begun).toMatchObject({ requestId: item.requestId, remainingMilliseconds: 30_000 })
  expect(begun?.age).toBeGreaterThanOrEqual(500)
})
