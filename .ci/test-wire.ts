import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { createConsoleClient, type ConsoleClient } from '#lib/protocol/client.ts'
import type { ClaimRequest } from '#lib/protocol/messages.ts'
import type { UserActor } from '#lib/server/access/actor.ts'
import { getCluster } from '#lib/server/clusters/get.ts'
import { createWire } from '#lib/server/wire/handle-worker-request.ts'

/** The workers' door on a port of its own, as server.ts opens it. */
export async function openWire() {
  const wire = createWire()
  const server = createServer((request, response) => wire.handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const clients: ConsoleClient[] = []
  return {
    url,
    wire,
    client(token: string, clusterName: string): ConsoleClient {
      const client = createConsoleClient({ url, token, clusterName, version: '0.0.0-test' })
      clients.push(client)
      return client
    },
    async close() {
      await wire.close()
      for (const client of clients) client.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export const claimRequest = (clusterName: string, waitSeconds = 0): ClaimRequest => ({
  worker: {
    id: randomUUID(),
    version: '0.0.0-test',
    mode: 'daemon',
    k8sVersion: 'v1.34.0',
    k8sNamespaces: ['apps'],
  },
  clusterName,
  claimId: randomUUID(),
  limit: 8,
  waitSeconds,
})

/** Waits until a claim for the cluster was let in: its worker is noted then. */
export async function untilWorkerSeen(admin: UserActor, clusterName: string): Promise<void> {
  while ((await getCluster(admin, 'default', clusterName)).workerLastSeen === null) continue
}

/** A way to a database that can be cut, as when its server goes away: nothing answers, what is open ends. */
export async function openDatabaseGate(connectionString: string) {
  const target = new URL(connectionString)
  const sockets = new Set<Socket>()
  const gate = createTcpServer((inner) => {
    const outer = connect(Number(target.port), target.hostname)
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  const open = (port: number) =>
    new Promise<void>((resolve) => gate.listen(port, '127.0.0.1', () => resolve()))
  await open(0)
  const { port } = gate.address() as AddressInfo
  const cut = async () => {
    const closed = new Promise((resolve) => gate.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  const through = new URL(connectionString)
  through.hostname = '127.0.0.1'
  through.port = String(port)
  return { connectionString: through.href, cut, restore: () => open(port) }
}
