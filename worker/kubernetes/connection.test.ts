import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { startTestCluster, type TestCluster } from '#ci/test-cluster.ts'
import { createKubernetesClient } from './client.ts'
import { connect } from './connection.ts'
import { KubernetesError } from './error.ts'

interface Kubeconfig {
  clusters: [{ cluster: { server: string; 'certificate-authority-data': string } }]
  users: [{ user: { token: string } }]
}

let cluster: TestCluster
let folder: string
let server: URL
let token: string
beforeAll(async () => {
  cluster = await startTestCluster()
  folder = await mkdtemp(join(tmpdir(), 'windlass-account-'))
  const config = parse(await readFile(cluster.kubeconfig, 'utf8')) as Kubeconfig
  server = new URL(config.clusters[0].cluster.server)
  token = config.users[0].user.token
  const ca = Buffer.from(config.clusters[0].cluster['certificate-authority-data'], 'base64')
  await writeFile(join(folder, 'ca.crt'), ca)
  await writeFile(join(folder, 'namespace'), 'windlass\n')
})
afterAll(async () => {
  await cluster.close()
  await rm(folder, { recursive: true })
})
afterEach(() => void vi.restoreAllMocks())

const environment = () => ({ KUBERNETES_SERVICE_HOST: server.hostname, KUBERNETES_SERVICE_PORT: server.port })

describe('inside a cluster', () => {
  it('uses the mounted service account, and its token as it is renewed', async () => {
    await writeFile(join(folder, 'token'), 'expired')
    const connection = await connect(null, environment(), folder)
    const kubernetes = createKubernetesClient(connection)
    expect(connection).toMatchObject({
      insideCluster: true,
      ownNamespace: 'windlass',
      ownServiceAccount: null,
    })
    await expect(kubernetes.list('Pod', 'default')).rejects.toThrow(KubernetesError)
    await writeFile(join(folder, 'token'), `${token}\n`)
    const later = performance.now() + 31_000
    vi.spyOn(performance, 'now').mockReturnValue(later)
    expect(await kubernetes.list('Pod', 'default')).toEqual([])
    connection.agent.destroy()
  })

  it('knows its own account from the token', async () => {
    const claims = Buffer.from(JSON.stringify({ sub: 'system:serviceaccount:windlass:my-account' }))
    await writeFile(join(folder, 'token'), `e30.${claims.toString('base64url')}.x`)
    expect((await connect(null, environment(), folder)).ownServiceAccount).toBe('my-account')
  })

  it.each([
    [{}, '/nowhere', /run the worker as a pod, or set KUBECONFIG/],
    [{ KUBERNETES_SERVICE_HOST: '10.0.0.1' }, '/nowhere', /service account is not mounted at \/nowhere/],
  ])('says what is missing with %j', async (given, accountFolder, sentence) => {
    await expect(connect(null, given, accountFolder)).rejects.toThrow(sentence)
  })
})

describe('outside a cluster', () => {
  it('uses the kubeconfig', async () => {
    const connection = await connect(cluster.kubeconfig, {})
    expect(connection).toMatchObject({ insideCluster: false, ownNamespace: null })
    expect(await createKubernetesClient(connection).serverVersion()).toMatch(/^v1\./)
    connection.agent.destroy()
  })

  it.each([
    ['/nowhere', undefined, /KUBECONFIG is wrong: "\/nowhere" cannot be read/],
    ['empty', 'apiVersion: v1\nkind: Config\n', /has no current context with a server/],
  ])('says what is wrong with %s', async (name, content, sentence) => {
    const path = content === undefined ? name : join(folder, name)
    if (content !== undefined) await writeFile(path, content)
    await expect(connect(path, {})).rejects.toThrow(sentence)
  })
})
