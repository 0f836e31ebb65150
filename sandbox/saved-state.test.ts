import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startSandbox } from './start-sandbox.ts'
import { connect, corePath, setPath, statefulSet } from './testing/connect.ts'
import { treeAt } from './trees.ts'

const folder = mkdtempSync(join(tmpdir(), 'windlass-sandbox-'))
const stateFile = join(folder, 'sandbox.json')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const start = () => startSandbox({ startMs: 10, stopMs: 5, retryMs: 20, stateFile })

test('what was applied is there after a restart, and its pods are made anew', async () => {
  const first = await start()
  const before = connect(first)
  await before.apply(`${setPath}/kept`, 'tests', statefulSet('kept', { replicas: 2 }))
  const isReady = (set: object) => treeAt(set, 'status').readyReplicas === 2
  const ready = await before.until(`${setPath}/kept`, isReady)
  const pod = (await before.send('GET', `${corePath}/pods/kept-0`)).body
  await first.close()
  expect(statSync(stateFile).mode & 0o777).toBe(0o600)

  const second = await start()
  const after = connect(second)
  const kept = await after.until(`${setPath}/kept`, isReady)
  expect(kept.metadata.uid).toBe(ready.metadata.uid)
  expect(Number(kept.metadata.resourceVersion)).toBeGreaterThan(Number(ready.metadata.resourceVersion))
  const renewed = (await after.send('GET', `${corePath}/pods/kept-0`)).body
  expect(renewed.metadata.uid).not.toBe(pod.metadata.uid)
  await second.close()
})

test('a state that cannot be read stops the start, and says which file', async () => {
  writeFileSync(stateFile, '{"half')
  await expect(start()).rejects.toThrow(/sandbox\.json cannot be read/)
})
