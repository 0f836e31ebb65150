import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from '#ci/test-database.ts'
import { makeFirstAdmin, makePerson, signIn } from '#ci/test-people.ts'
import { organizations, users } from '#drizzle/schema.ts'
import { DomainError } from '#lib/domain/errors.ts'
import { ListQuery } from '#lib/domain/list-query.ts'
import { createCluster } from '../clusters/create.ts'
import { deleteCluster } from '../clusters/delete.ts'
import { getCluster } from '../clusters/get.ts'
import { listClusters } from '../clusters/list.ts'
import { updateCluster } from '../clusters/update.ts'
import { getDatabase } from '../database/database.ts'
import { deployInstallation } from '../installations/deploy.ts'
import { getInstallation } from '../installations/get.ts'
import { listInstallations } from '../installations/list.ts'
import { requestOperation } from '../installations/request-operation.ts'
import { deleteLibraryItem } from '../library/delete.ts'
import { getLibraryItem } from '../library/get.ts'
import { listLibrary } from '../library/list.ts'
import { openLibraryItem } from '../library/open.ts'
import { storeLibraryItems } from '../library/store.ts'
import { listMembers } from '../memberships/list.ts'
import { removeMembership } from '../memberships/remove.ts'
import { setMembership } from '../memberships/set.ts'
import { createNamespace } from '../namespaces/create.ts'
import { insertNamespace } from '../namespaces/insert-namespace.ts'
import { listMyNamespaces } from '../namespaces/list-mine.ts'
import { findActorOfToken } from '../tokens/authenticate.ts'
import { createToken } from '../tokens/create.ts'
import { getToken, listTokens } from '../tokens/list.ts'
import { revokeToken } from '../tokens/revoke.ts'
import { createUser } from '../users/create.ts'
import { disableUser, enableUser } from '../users/disable.ts'
import { listUsers } from '../users/list.ts'
import { resetPassword } from '../users/reset-password.ts'
import { setOrganizationAdmin } from '../users/set-organization-admin.ts'
import { cancelWorkitem } from '../workitems/cancel.ts'
import { dismissWorkitem } from '../workitems/dismiss.ts'
import { getFinishedWorkitem } from '../workitems/get-finished.ts'
import { getWorkitem } from '../workitems/get.ts'
import { listWorkitemHistory } from '../workitems/list-history.ts'
import { listWorkitems } from '../workitems/list.ts'
import { retryWorkitem } from '../workitems/retry.ts'
import type { Actor, UserActor } from './actor.ts'

type Verb = (actor: Actor, namespace: string) => Promise<unknown>

const query = ListQuery.parse({})
/** Nothing has these names: an actor who may is told so, and nothing is changed. */
const name = 'absent'
const requestId = '00000000-0000-4000-8000-000000000000'
const operation = { installationName: name, operation: 'restart' } as const

const reading: Record<string, Verb> = {
  listClusters: (actor, namespace) => listClusters(actor, namespace, query),
  getCluster: (actor, namespace) => getCluster(actor, namespace, name),
  listInstallations: (actor, namespace) => listInstallations(actor, namespace, query),
  getInstallation: (actor, namespace) => getInstallation(actor, namespace, name),
  listWorkitems: (actor, namespace) => listWorkitems(actor, namespace, query),
  getWorkitem: (actor, namespace) => getWorkitem(actor, namespace, requestId),
  listWorkitemHistory: (actor, namespace) => listWorkitemHistory(actor, namespace, query),
  getFinishedWorkitem: (actor, namespace) => getFinishedWorkitem(actor, namespace, requestId),
  listLibrary: (actor, namespace) => listLibrary(actor, namespace, 'documents', query),
  getLibraryItem: (actor, namespace) => getLibraryItem(actor, namespace, 'documents', name),
  openLibraryItem: (actor, namespace) => openLibraryItem(actor, namespace, 'documents', name),
}

const managing: Record<string, Verb> = {
  listTokens: (actor, namespace) => listTokens(actor, namespace, query),
  getToken: (actor, namespace) => getToken(actor, namespace, name),
  createToken: (actor, namespace) => createToken(actor, namespace, {}),
  revokeToken: (actor, namespace) => revokeToken(actor, namespace, name),
  listMembers: (actor, namespace) => listMembers(actor, namespace),
  createCluster: (actor, namespace) => createCluster(actor, namespace, {}),
  updateCluster: (actor, namespace) => updateCluster(actor, namespace, name, {}),
  deleteCluster: (actor, namespace) => deleteCluster(actor, namespace, name),
  deployInstallation: (actor, namespace) => deployInstallation(actor, namespace, name, {}, {}),
  requestOperation: (actor, namespace) => requestOperation(actor, namespace, operation),
  cancelWorkitem: (actor, namespace) => cancelWorkitem(actor, namespace, requestId),
  retryWorkitem: (actor, namespace) => retryWorkitem(actor, namespace, requestId),
  dismissWorkitem: (actor, namespace) => dismissWorkitem(actor, namespace, requestId),
  storeLibraryItems: (actor, namespace) => storeLibraryItems(actor, namespace, 'documents', nothing()),
  deleteLibraryItem: (actor, namespace) => deleteLibraryItem(actor, namespace, 'documents', name),
}

const organizing: Record<string, Verb> = {
  listUsers: (actor) => listUsers(actor),
  createUser: (actor) => createUser(actor, {}),
  disableUser: (actor) => disableUser(actor, requestId),
  enableUser: (actor) => enableUser(actor, requestId),
  resetPassword: (actor) => resetPassword(actor, requestId),
  setOrganizationAdmin: (actor) => setOrganizationAdmin(actor, requestId, true),
  createNamespace: (actor) => createNamespace(actor, {}),
  setMembership: (actor, namespace) => setMembership(actor, namespace, requestId, 'admin'),
  removeMembership: (actor, namespace) => removeMembership(actor, namespace, requestId),
}

async function* nothing() {}

/** What the actor gets: allowed (done, or refused for what was given), forbidden, or a namespace that is not there. */
async function outcomeOf(work: () => Promise<unknown>): Promise<'allowed' | 403 | 404> {
  try {
    await work()
    return 'allowed'
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    if (error.httpStatus === 403) return 403
    return error.errors[0]?.params[0] === 'namespaces' ? 404 : 'allowed'
  }
}

let database: Awaited<ReturnType<typeof createTestDatabase>>
let admin: UserActor
const actors: Record<string, Actor> = {}

beforeAll(async () => {
  database = await createTestDatabase()
  admin = await makeFirstAdmin()
  await createNamespace(admin, { name: 'other' })
  const namespaceAdmin = await makePerson(admin, 'ann@example.com', 'admin')
  const tokenOf = async (owner: UserActor, namespace: string, profile: string) => {
    const input = { name: `${owner.email}-${profile}`, profile: `${namespace}.${profile}` }
    return (await findActorOfToken((await createToken(owner, namespace, input)).token)) as Actor
  }
  const tokenOwner = await makePerson(admin, 'demoted@example.com', 'admin')
  const demoted = await tokenOf(tokenOwner, 'default', 'admin')
  await setMembership(admin, 'default', tokenOwner.userId, 'viewer')
  Object.assign(actors, {
    'organization admin': admin,
    'namespace admin': namespaceAdmin,
    viewer: await makePerson(admin, 'vic@example.com', 'viewer'),
    user: await makePerson(admin, 'uma@example.com', 'user'),
    stranger: await makePerson(admin, 'sam@example.com', null),
    'admin of another namespace': await makePerson(admin, 'olga@example.com', 'admin', 'other'),
    'admin of another organization': await makeForeigner(),
    'admin token': await tokenOf(namespaceAdmin, 'default', 'admin'),
    'viewer token': await tokenOf(namespaceAdmin, 'default', 'viewer'),
    'admin token of a viewer': demoted,
    'admin token of another namespace': await tokenOf(admin, 'other', 'admin'),
  })
})
afterAll(() => database.drop())

async function makeForeigner(): Promise<UserActor> {
  const userId = await getDatabase().transaction(async (tx) => {
    const [organization] = await tx.insert(organizations).values({ name: 'foreign' }).returning()
    const organizationId = organization?.id ?? ''
    await insertNamespace(tx, organizationId, 'abroad')
    const person = { organizationId, email: 'eve@example.com', name: 'Eve', isOrganizationAdmin: true }
    const [user] = await tx.insert(users).values(person).returning()
    return user?.id ?? ''
  })
  return signIn(userId)
}

const all = <Outcome>(verbs: Record<string, Verb>, outcome: Outcome) =>
  Object.fromEntries(Object.keys(verbs).map((verb) => [verb, outcome]))

describe('in namespace default', () => {
  test.each<[string, 'allowed' | 403 | 404, 'allowed' | 403 | 404, 'allowed' | 403 | 404]>([
    ['organization admin', 'allowed', 'allowed', 'allowed'],
    ['namespace admin', 'allowed', 'allowed', 403],
    ['viewer', 'allowed', 403, 403],
    ['user', 403, 403, 403],
    ['stranger', 404, 404, 403],
    ['admin of another namespace', 404, 404, 403],
    ['admin token', 'allowed', 'allowed', 403],
    ['viewer token', 'allowed', 403, 403],
    ['admin token of a viewer', 'allowed', 403, 403],
    ['admin token of another namespace', 404, 404, 403],
  ])('%s: reading %s, managing %s, organizing %s', async (kind, read, manage, organize) => {
    const actor = actors[kind]!
    const outcomes = async (verbs: Record<string, Verb>) => {
      const entries = Object.entries(verbs).map(async ([verb, run]) => [
        verb,
        await outcomeOf(() => run(actor, 'default')),
      ])
      return Object.fromEntries(await Promise.all(entries)) as Record<string, unknown>
    }
    expect(await outcomes(reading)).toEqual(all(reading, read))
    expect(await outcomes(managing)).toEqual(all(managing, manage))
    expect(await outcomes(organizing)).toEqual(all(organizing, organize))
  })

  test('the admin of another organization finds nothing and organizes only what is theirs', async () => {
    const foreigner = actors['admin of another organization']!
    for (const run of [...Object.values(reading), ...Object.values(managing)]) {
      expect(await outcomeOf(() => run(foreigner, 'default'))).toBe(404)
    }
    expect((await listUsers(foreigner)).map((user) => user.email)).toEqual(['eve@example.com'])
    const refused = [
      disableUser(foreigner, admin.userId),
      resetPassword(foreigner, admin.userId),
      setOrganizationAdmin(foreigner, admin.userId, false),
      setMembership(foreigner, 'default', foreigner.kind === 'user' ? foreigner.userId : '', 'admin'),
      setMembership(foreigner, 'abroad', admin.userId, 'admin'),
    ]
    for (const each of await Promise.allSettled(refused)) {
      expect(each).toMatchObject({ status: 'rejected', reason: { httpStatus: 404 } })
    }
  })
})

test('a name of another namespace is not found through one’s own', async () => {
  const olga = actors['admin of another namespace']!
  await createCluster(admin, 'default', { name: 'minikube' })
  const config = [{ type: 'image', name: 'nginx' }]
  const data = { name: 'web', k8sNamespace: 'default', config }
  const item = await deployInstallation(admin, 'default', 'minikube', data, {})
  const attempts: Record<string, () => Promise<unknown>> = {
    getCluster: () => getCluster(olga, 'other', 'minikube'),
    updateCluster: () => updateCluster(olga, 'other', 'minikube', {}),
    deleteCluster: () =>
      deleteCluster(olga, 'other', 'minikube', { forget: true, confirmedName: 'minikube' }),
    deploy: () => deployInstallation(olga, 'other', 'minikube', data, {}),
    getInstallation: () => getInstallation(olga, 'other', 'web'),
    restart: () => requestOperation(olga, 'other', { installationName: 'web', operation: 'restart' }),
    getWorkitem: () => getWorkitem(olga, 'other', item.requestId),
    cancel: () => cancelWorkitem(olga, 'other', item.requestId),
    token: () => revokeToken(olga, 'other', 'ann@example.com-admin'),
  }
  for (const [verb, attempt] of Object.entries(attempts)) {
    await expect(attempt(), verb).rejects.toMatchObject({ code: 'io.vantiq.resource.not.found' })
  }
  expect(await getWorkitem(admin, 'default', item.requestId)).toMatchObject({ status: 'REQUESTED' })
})

test('a membership that is lost is lost at the next request, and in the list of namespaces', async () => {
  const person = await makePerson(admin, 'leaver@example.com', 'admin')
  const names = async () => (await listMyNamespaces(person)).map((namespace) => namespace.name)
  expect([await outcomeOf(() => listClusters(person, 'default', query)), await names()]).toEqual([
    'allowed',
    ['default'],
  ])
  await removeMembership(admin, 'default', person.userId)
  expect([await outcomeOf(() => listClusters(person, 'default', query)), await names()]).toEqual([404, []])
})

test('an organization keeps an admin, also when two disable each other at once', async () => {
  const second = await makePerson(admin, 'second@example.com', null)
  await setOrganizationAdmin(admin, second.userId, true)
  const secondAdmin = await signIn(second.userId)
  const both = await Promise.allSettled([
    disableUser(admin, second.userId),
    disableUser(secondAdmin, admin.userId),
  ])
  expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected'])
})
