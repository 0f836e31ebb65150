import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '#ci/test-database.ts'
import { makeFirstAdmin } from '#ci/test-people.ts'
import { deployData, makeCluster } from '#ci/test-queue.ts'
import { claimRequest, openDatabaseGate, openWire, untilWorkerSeen } from '#ci/test-wire.ts'
import type { UserActor } from '../access/actor.ts'
import { startDuties } from '../duties/start-duties.ts'
import { stopListening, subscribe } from '../events/listen.ts'
import { deployInstallation } from '../installations/deploy.ts'
import { createToken } from '../tokens/create.ts'
import type { ClaimingCluster } from '../workitems/lease-items.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let gate: Awaited<ReturnType<typeof openDatabaseGate>>
let wire: Awaited<ReturnType<typeof openWire>>
let duties: ReturnType<typeof startDuties>
let admin: UserActor
let cluster: ClaimingCluster
let token: string

beforeAll(async () => {
  database = await createTestDatabase()
  gate = await openDatabaseGate(database.connectionString)
  process.env.DATABASE_URL = gate.connectionString
  admin = await makeFirstAdmin()
  cluster = await makeCluster(admin, 'far')
  const profile = 'default.k8sWorker__system'
  token = (await createToken(admin, 'default', { name: 'worker', profile, clusters: ['far'] })).token
  wire = await openWire()
  duties = startDuties()
})
afterAll(async () => {
  await duties.stop()
  await wire.close()
  await stopListening()
  await database.drop()
  await gate.cut()
})

describe('a database that goes away', () => {
  it('ends no claim that waits, and is missed by nobody once it is back', async () => {
    const client = wire.client(token, cluster.name)
    await new Promise<void>((resolve) => subscribe(() => {}, resolve))
    const held = client.claim(claimRequest(cluster.name, 30))
    await untilWorkerSeen(admin, cluster.name)
    await gate.cut()

    const refused = await client.claim(claimRequest(cluster.name, 10)).catch((error: unknown) => error)
    expect(refused).toMatchObject({ kind: 'unavailable', retryAfterSeconds: 2 })

    const isListening = new Promise<void>((resolve) => subscribe(() => {}, resolve))
    await gate.restore()
    await isListening
    const { requestId } = await deployInstallation(admin, 'default', cluster.name, deployData('late'))
    const { answer } = await held
    expect(answer.items).toMatchObject([{ requestId, attempts: 0 }])
  })
})
