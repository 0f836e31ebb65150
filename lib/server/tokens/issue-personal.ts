import { randomUUID } from 'node:crypto'
import { and, eq, like, lt, sql } from 'drizzle-orm'
import { accessTokens } from '#drizzle/schema.ts'
import { invalid } from '#lib/domain/errors.ts'
import type { UserActor } from '../access/actor.ts'
import { changeOwnAccount, readInNamespace } from '../access/verb.ts'
import { listMyNamespaces } from '../namespaces/list-mine.ts'
import { findLastNamespace } from '../sessions/last-namespace.ts'
import { hashToken, mintToken } from './mint-token.ts'

const hoursValid = 24
const namePrefix = 'authenticate-'

/**
 * A token with a person's own rights in one namespace, for 24 hours: the namespace asked for, else the only one the
 * person may enter, else the one last used. Throws 400 with the choice when it is none of these.
 */
export async function issuePersonalToken(actor: UserActor, asked: string | null): Promise<string> {
  const namespace = asked ?? (await chooseNamespace(actor))
  const namespaceId = await readInNamespace(actor, namespace, 'enter', async (scope) => scope.namespaceId)
  return changeOwnAccount(actor, async (tx) => {
    const token = mintToken()
    const own = and(eq(accessTokens.ownerUserId, actor.userId), like(accessTokens.name, `${namePrefix}%`))
    await tx.delete(accessTokens).where(and(own, lt(accessTokens.expiresAt, sql`now()`)))
    await tx.insert(accessTokens).values({
      namespaceId,
      name: namePrefix + randomUUID(),
      // The widest; at each request it is cut to what its owner may do then.
      profile: 'admin',
      tokenHash: hashToken(token),
      ownerUserId: actor.userId,
      createdBy: actor.email,
      expiresAt: sql`now() + make_interval(hours => ${hoursValid})`,
    })
    return {
      result: token,
      audit: { action: 'token.authenticate', subject: actor.email, detail: { namespace } },
    }
  })
}

async function chooseNamespace(actor: UserActor): Promise<string> {
  const names = (await listMyNamespaces(actor)).map((each) => each.name)
  const [only] = names
  if (only !== undefined && names.length === 1) return only
  const last = await findLastNamespace(actor)
  if (last !== null && names.includes(last)) return last
  const message =
    names.length === 0
      ? 'You are a member of no namespace, so there is nothing a token could open'
      : `Name the namespace the token is for, as in '/authenticate?namespace=${only}'; yours are ${names.join(', ')}`
  throw invalid([{ path: ['namespace'], rule: 'required', message }])
}
