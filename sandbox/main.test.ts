import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string
const children: ChildProcess[] = []
const main = new URL('./main.ts', import.meta.url)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

function start(env: Record<string, string>): ChildProcess {
  const child = fork(main, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  children.push(child)
  return child
}

test('as a process it writes a kubeconfig for its owner only, and ends with the parent', async () => {
  const path = join(folder, 'kubeconfig')
  const child = start({ SANDBOX_KUBECONFIG: path })
  const [{ url }] = (await once(child, 'message')) as [{ url: string }]
  expect(await readFile(path, 'utf8')).toContain(`server: ${url}`)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  child.disconnect()
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('a port that is none is refused by name', async () => {
  const child = start({ SANDBOX_PORT: '99999' })
  let said = ''
  child.stderr?.on('data', (part: Buffer) => (said += part.toString()))
  expect(await once(child, 'exit')).toEqual([1, null])
  expect(said).toContain('SANDBOX_PORT must be a port between 0 and 65535, not "99999".')
})
