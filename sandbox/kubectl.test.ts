import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { startSandbox, type Sandbox } from './start-sandbox.ts'
import { statefulSet } from './testing/connect.ts'

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0

/** The sandbox claims that real clients accept it; kubectl is the one that everybody has. */
describe.skipIf(!hasKubectl)('kubectl (skipped where it is not installed)', { timeout: 20_000 }, () => {
  let sandbox: Sandbox
  let folder: string

  const kubectl = (...args: string[]): Promise<{ code: number; out: string }> =>
    new Promise((resolve) => {
      const env = { ...process.env, KUBECONFIG: join(folder, 'kubeconfig'), HOME: folder }
      execFile('kubectl', args, { env }, (error, out, problems) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: out + problems }),
      )
    })

  beforeAll(async () => {
    sandbox = await startSandbox()
    folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
    await writeFile(join(folder, 'kubeconfig'), sandbox.kubeconfig, { mode: 0o600 })
  })
  afterAll(async () => {
    await sandbox.close()
    await rm(folder, { recursive: true })
  })

  const write = async (name: string, content: object): Promise<string> => {
    const path = join(folder, `${name}.yaml`)
    await writeFile(path, stringify(content))
    return path
  }

  test('applies from the client side, waits, scales, reads and deletes', async () => {
    const path = await write('client', statefulSet('client', { replicas: 2 }))
    expect((await kubectl('apply', '-f', path)).out).toBe('statefulset.apps/client created\n')
    expect((await kubectl('rollout', 'status', 'sts/client', '--timeout=5s')).out).toContain(
      '2 new pods have been updated',
    )
    expect((await kubectl('apply', '-f', path)).out).toBe('statefulset.apps/client unchanged\n')
    const changed = await write(
      'client',
      statefulSet('client', { replicas: 2 }, { image: 'registry.example.com/app:2' }),
    )
    expect((await kubectl('apply', '--dry-run=server', '-f', changed)).out).toBe(
      'statefulset.apps/client configured (server dry run)\n',
    )
    expect((await kubectl('diff', '-f', changed)).out).toContain('+      - image: registry.example.com/app:2')
    expect((await kubectl('scale', 'sts/client', '--replicas=1')).code).toBe(0)
    expect(
      (await kubectl('wait', '--for=jsonpath={.status.replicas}=1', 'sts/client', '--timeout=5s')).code,
    ).toBe(0)
    expect((await kubectl('get', 'sts')).out).toMatch(/^NAME\s+READY\s+AGE\s+client\s+1\/1\s/)
    expect((await kubectl('get', 'pods', '-o', 'wide')).out).toMatch(
      /client-0\s+1\/1\s+Running\s+0\s+\S+\s+10\.244\.\S+\s+sandbox-node/,
    )
    expect((await kubectl('get', 'sts', 'client', '-o', 'yaml')).out).toContain('kind: StatefulSet')
    expect((await kubectl('describe', 'sts', 'client')).out).toContain('1 desired | 1 total')
    expect((await kubectl('describe', 'pod', 'client-0')).out).toContain(
      'Successfully assigned default/client-0 to sandbox-node',
    )
    expect((await kubectl('logs', 'client-0', '--tail=1')).out).toMatch(/Listening|working/)
    expect((await kubectl('get', 'events')).out).toContain(
      'create Pod client-0 in StatefulSet client successful',
    )
    expect((await kubectl('delete', '-f', path, '--timeout=5s')).code).toBe(0)
    expect((await kubectl('wait', '--for=delete', 'pod/client-0', '--timeout=5s')).code).toBe(0)
  })

  test('applies from the server side, with conflicts named', async () => {
    const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'server' }, data: { a: '1' } }
    const path = await write('server', config)
    expect((await kubectl('apply', '--server-side', '-f', path)).out).toBe(
      'configmap/server serverside-applied\n',
    )
    const other = await write('other', { ...config, data: { a: '2' } })
    const conflict = await kubectl('apply', '--server-side', '--field-manager=other', '-f', other)
    expect(conflict.out).toContain('Apply failed with 1 conflict: conflict with "kubectl": .data.a')
    expect(
      (await kubectl('apply', '--server-side', '--field-manager=other', '--force-conflicts', '-f', other))
        .code,
    ).toBe(0)
    expect((await kubectl('get', 'cm', 'server', '-o', 'jsonpath={.data.a}')).out).toBe('2')
  })

  test('creates what it sends as protobuf, and empties a namespace', async () => {
    expect((await kubectl('create', 'ns', 'demo')).out).toBe('namespace/demo created\n')
    expect((await kubectl('-n', 'demo', 'create', 'configmap', 'map', '--from-literal=a=b')).code).toBe(0)
    expect(
      (await kubectl('-n', 'demo', 'create', 'secret', 'generic', 'secret', '--from-literal=p=q')).code,
    ).toBe(0)
    expect((await kubectl('-n', 'demo', 'get', 'secret', 'secret', '-o', 'jsonpath={.data.p}')).out).toBe(
      'cQ==',
    )
    expect((await kubectl('auth', 'can-i', 'create', 'pods')).out).toBe('yes\n')
    expect((await kubectl('delete', 'ns', 'demo', '--timeout=5s')).code).toBe(0)
    expect((await kubectl('-n', 'demo', 'get', 'cm')).out).toContain('No resources found')
  })

  test('says what is not served, and what is wrong', async () => {
    expect((await kubectl('get', 'deployments')).out).toContain(
      'the server doesn\'t have a resource type "deployments"',
    )
    const path = await write('wrong', { ...statefulSet('wrong'), colour: 'red' })
    expect((await kubectl('apply', '-f', path)).out).toContain('unknown field "colour"')
  })
})
