import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTestDatabase } from '#ci/test-database.ts'
import { makeFirstAdmin } from '#ci/test-people.ts'
import type { UserActor } from '#lib/server/access/actor.ts'
import { createCluster } from '#lib/server/clusters/create.ts'
import { startDuties } from '#lib/server/duties/start-duties.ts'
import { createToken } from '#lib/server/tokens/create.ts'
import { createWire } from '#lib/server/wire/handle-worker-request.ts'

export interface TestConsole {
  admin: UserActor
  url: string
  /** A new K8s Cluster of namespace `default`, and a worker token for it. */
  addCluster(name: string): Promise<{ clusterName: string; accessToken: string }>
  /** The process of the console goes; the database stays. */
  stopServing(): Promise<void>
  /** It is back, on the same port. */
  serveAgain(): Promise<void>
  close(): Promise<void>
}

/** The workers' door of a real console over real HTTP, on a database of its own. */
export async function startTestConsole(): Promise<TestConsole> {
  const database = await createTestDatabase()
  const admin = await makeFirstAdmin()
  let serving = await serve(0)
  const duties = startDuties()
  return {
    admin,
    url: `http://127.0.0.1:${serving.port}`,
    async addCluster(name) {
      await createCluster(admin, 'default', { name })
      const { token } = await createToken(admin, 'default', {
        name: `worker-${name}`,
        profile: 'default.k8sWorker__system',
        clusters: [name],
      })
      return { clusterName: name, accessToken: token }
    },
    stopServing: () => serving.stop(),
    async serveAgain() {
      serving = await serve(serving.port)
    },
    async close() {
      await serving.stop()
      await duties.stop()
      await database.drop()
    },
  }
}

async function serve(port: number): Promise<{ port: number; stop(): Promise<void> }> {
  const wire = createWire()
  const server: Server = createServer((request, response) => wire.handle(request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      await wire.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}
