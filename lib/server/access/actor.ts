import type { TokenProfile } from '#lib/domain/access.ts'

/** Who asks. Rights are looked up at each request, so a lost membership or a revoked token counts at once. */
export type Actor =
  | {
      kind: 'user'
      userId: string
      email: string
      name: string
      organizationId: string
      isOrganizationAdmin: boolean
      sessionId: string
    }
  | {
      kind: 'token'
      tokenId: string
      name: string
      organizationId: string
      namespaceId: string
      profile: Exclude<TokenProfile, 'k8sWorker__system'>
      /** Set on personal tokens, whose rights are cut to this person's. */
      owner: { userId: string; email: string; isOrganizationAdmin: boolean } | null
    }

/** A worker's token, good for the wire only. */
export interface WorkerActor {
  kind: 'worker'
  tokenId: string
  name: string
  organizationId: string
  namespaceId: string
  clusters: readonly string[]
}

export type UserActor = Extract<Actor, { kind: 'user' }>

/** As written in `requestedBy`, `installedBy` and the audit. */
export function describeActor(actor: Actor | WorkerActor): string {
  if (actor.kind === 'user') return actor.email
  if (actor.kind === 'token' && actor.owner) return actor.owner.email
  return actor.kind === 'worker' ? `worker:${actor.name}` : `token:${actor.name}`
}
