import { inArray } from 'drizzle-orm'
import { accessTokens, clusters, profiles } from '#drizzle/schema.ts'
import { formatProfile, TokenInput, TokenProfile, type TokenRow } from '#lib/domain/access.ts'
import { conflict, invalid, type Fault } from '#lib/domain/errors.ts'
import { parseInput } from '../resources/parse-input.ts'
import { describeActor, type Actor } from '../access/actor.ts'
import { changeInNamespace, type ChangeScope } from '../access/verb.ts'
import { hashToken, mintToken } from './mint-token.ts'
import { showToken } from './token-row.ts'

/**
 * Makes a token; its answer alone holds `token`. A worker's token belongs to the namespace and outlives who made it;
 * any other is personal to its maker, whose rights it is cut to at each request. A personal token's makings belong
 * to its owner. Only admins get here, so no token is made with more rights than its maker has.
 */
export async function createToken(
  actor: Actor,
  namespace: string,
  input: unknown,
): Promise<TokenRow & { token: string }> {
  return changeInNamespace(actor, namespace, async (scope) => {
    const given = parseInput(TokenInput, input)
    const profile = await checkToken(scope, given)
    const token = mintToken()
    const owner = profile === 'k8sWorker__system' ? null : ownerOf(actor)
    const [row] = await scope.tx
      .insert(accessTokens)
      .values({
        namespaceId: scope.namespaceId,
        name: given.name,
        profile,
        clusters: given.clusters,
        ownerUserId: owner?.userId ?? null,
        tokenHash: hashToken(token),
        createdBy: describeActor(actor),
        expiresAt: given.expiresAt === undefined ? null : new Date(given.expiresAt),
      })
      .onConflictDoNothing()
      .returning()
    if (!row)
      throw conflict(`There is a token named '${given.name}' already. Revoke it, or choose another name.`)
    const shown = showToken(namespace, { ...row, owner: owner?.email ?? null })
    return {
      result: { ...shown, token },
      audit: {
        action: 'token.create',
        subject: given.name,
        detail: { profile: given.profile, clusters: given.clusters, expiresAt: shown.expiresAt },
      },
      changes: [{ noun: 'token' }],
    }
  })
}

function ownerOf(actor: Actor): { userId: string; email: string } | null {
  return actor.kind === 'user' ? actor : actor.owner
}

/** The rules that need the namespace: the profile is its own, the clusters are there, the time is to come. */
async function checkToken(scope: ChangeScope, given: TokenInput): Promise<TokenProfile> {
  const faults: Fault[] = []
  const rows = await scope.tx.select().from(profiles).where(scope.in(profiles))
  const known = rows.map((row) => formatProfile(scope.namespaceName, row.name)).sort()
  const profile = TokenProfile.safeParse(given.profile.slice(scope.namespaceName.length + 1))
  if (!known.includes(given.profile)) {
    const message = `There is no profile '${given.profile}' in this namespace; it has ${known.join(', ')}`
    faults.push({ path: ['profile'], rule: 'profileExists', message, given: given.profile })
  }
  const isWorker = profile.data === 'k8sWorker__system'
  if (isWorker && given.clusters.length === 0) {
    const message = 'A worker token names the clusters it serves'
    faults.push({ path: ['clusters'], rule: 'required', message, given: given.clusters })
  }
  if (!isWorker && given.clusters.length > 0) {
    const message = 'Only a worker token names clusters'
    faults.push({ path: ['clusters'], rule: 'workerOnly', message, given: given.clusters })
  }
  faults.push(...(await findMissingClusters(scope, given.clusters)))
  if (given.expiresAt !== undefined && Date.parse(given.expiresAt) <= Date.now()) {
    const message = 'The time of expiry has passed already'
    faults.push({ path: ['expiresAt'], rule: 'inFuture', message, given: given.expiresAt })
  }
  if (faults.length > 0 || !profile.success) throw invalid(faults)
  return profile.data
}

async function findMissingClusters(scope: ChangeScope, names: readonly string[]): Promise<Fault[]> {
  if (names.length === 0) return []
  const rows = await scope.tx
    .select({ name: clusters.name })
    .from(clusters)
    .where(scope.in(clusters, inArray(clusters.name, [...names])))
    // A cluster that is being deleted is waited for: its tokens are taken back with it.
    .for('key share')
  const present = new Set(rows.map((row) => row.name))
  return names.flatMap((name, index) =>
    present.has(name)
      ? []
      : [
          {
            path: ['clusters', index],
            rule: 'clusterExists',
            message: `There is no cluster '${name}' in this namespace`,
            given: name,
          },
        ],
  )
}
