import { DomainError, forbidden } from '#lib/domain/errors.ts'
import type { UserActor } from '../access/actor.ts'
import { checkCredentials, wrongCredentials } from '../sessions/check-credentials.ts'
import { readRemoteAddress } from '../sessions/remote-address.ts'
import { issuePersonalToken } from '../tokens/issue-personal.ts'
import { answerError } from './answer-error.ts'

/** `GET /authenticate`: HTTP Basic in, a personal token for 24 hours out. Failures count as those of sign-in do. */
export async function answerAuthenticate(request: Request): Promise<Response> {
  try {
    const { email, password } = readBasic(request.headers.get('authorization'))
    const user = await checkCredentials(email, password, readRemoteAddress(request.headers))
    if (user.mustChangePassword) throw forbidden('Sign in and change your password first.')
    const actor: UserActor = {
      kind: 'user',
      userId: user.id,
      email: user.email,
      name: user.name,
      organizationId: user.organizationId,
      isOrganizationAdmin: user.isOrganizationAdmin,
      sessionId: '',
    }
    const accessToken = await issuePersonalToken(actor, new URL(request.url).searchParams.get('namespace'))
    return Response.json({ accessToken }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    const isUnauthenticated = error instanceof DomainError && error.code === 'io.windlass.unauthenticated'
    return answerError(error, isUnauthenticated ? { 'www-authenticate': 'Basic realm="Windlass"' } : {})
  }
}

function readBasic(authorization: string | null): { email: string; password: string } {
  const [, encoded] = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(authorization ?? '') ?? []
  if (encoded === undefined) {
    throw new DomainError(
      'io.windlass.unauthenticated',
      'This needs e-mail address and password by HTTP Basic.',
    )
  }
  const [email = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  if (email.length > 254 || password.join(':').length > 256) throw wrongCredentials()
  return { email, password: password.join(':') }
}
