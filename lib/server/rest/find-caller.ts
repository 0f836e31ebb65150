import { eq } from 'drizzle-orm'
import { namespaces } from '#drizzle/schema.ts'
import { DomainError, forbidden, invalid, notFound } from '#lib/domain/errors.ts'
import type { Actor } from '../access/actor.ts'
import { getDatabase } from '../database/database.ts'
import { refuseForgery } from '../sessions/check-origin.ts'
import { findSession } from '../sessions/find-session.ts'
import { readCookie, readSessionId, sessionCookieName } from '../sessions/session-cookie.ts'
import { findActorOfToken } from '../tokens/authenticate.ts'

export interface Caller {
  actor: Actor
  namespace: string
}

/**
 * Who calls REST, and for which namespace: the token's, or with a session cookie the one the address names. Throws
 * 401 without credentials that hold, 403 for a worker's token and for a forged change.
 */
export async function findCaller(request: Request, asked: string | null): Promise<Caller> {
  const authorization = request.headers.get('authorization')
  return authorization === null ? callerOfSession(request, asked) : callerOfToken(authorization, asked)
}

async function callerOfToken(authorization: string, asked: string | null): Promise<Caller> {
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
  const actor = token === undefined ? null : await findActorOfToken(token)
  if (!actor) throw unauthenticated('The access token is unknown, expired or revoked.')
  if (actor.kind !== 'token') throw forbidden("A worker's token is good for the worker's endpoints only.")
  const [namespace] = await getDatabase()
    .select({ name: namespaces.name })
    .from(namespaces)
    .where(eq(namespaces.id, actor.namespaceId))
  if (!namespace || (asked !== null && asked !== namespace.name)) {
    throw notFound('namespaces', { name: asked ?? '' })
  }
  return { actor, namespace: namespace.name }
}

async function callerOfSession(request: Request, asked: string | null): Promise<Caller> {
  const sessionId = await readSessionId(readCookie(request.headers, sessionCookieName()))
  const session = sessionId ? await findSession(sessionId) : null
  if (!session) {
    throw unauthenticated('This needs an access token (Authorization: Bearer …), or a session.')
  }
  const forgery = refuseForgery(request)
  if (forgery) throw forgery
  if (session.mustChangePassword) throw forbidden('Change your password first, on your account page.')
  if (asked === null) {
    const message = "With a session the address names the namespace: '?namespace=…'"
    throw invalid([{ path: ['namespace'], rule: 'required', message }])
  }
  return { actor: session.actor, namespace: asked }
}

const unauthenticated = (message: string): DomainError =>
  new DomainError('io.windlass.unauthenticated', message)
