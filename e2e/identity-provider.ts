import { createHash } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { identityProvider } from './product.ts'

/** What the provider says about whoever comes next. */
export interface Identity {
  subject: string
  email: string
  /** As an attacker's would be: not the nonce that was asked for. */
  nonce?: string
}

/**
 * An OpenID Connect provider that signs everybody in without asking: discovery, authorization code with PKCE, and a
 * signed id token. `as` decides who that is.
 */
export async function startIdentityProvider(): Promise<{ as(identity: Identity): void; close(): void }> {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const key = { ...(await exportJWK(publicKey)), kid: 'key', alg: 'RS256', use: 'sig' }
  const { issuer, clientId } = identityProvider
  const asked = new Map<string, URLSearchParams>()
  let current: Identity = { subject: 'nobody', email: 'nobody@example.com' }

  async function answerToken(body: string, response: ServerResponse): Promise<void> {
    const given = new URLSearchParams(body)
    const request = asked.get(given.get('code') ?? '')
    const verifier = createHash('sha256')
      .update(given.get('code_verifier') ?? '')
      .digest('base64url')
    if (!request || verifier !== request.get('code_challenge')) {
      return answer(response, { error: 'invalid_grant' }, 400)
    }
    const claims = {
      nonce: current.nonce ?? request.get('nonce'),
      email: current.email,
      email_verified: true,
    }
    const idToken = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'key' })
      .setIssuer(issuer)
      .setAudience(clientId)
      .setSubject(current.subject)
      .setIssuedAt()
      .setExpirationTime('5 minutes')
      .sign(privateKey)
    answer(response, { access_token: 'unused', token_type: 'Bearer', id_token: idToken })
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer)
    if (pathname === '/.well-known/openid-configuration') return answer(response, describe(issuer))
    if (pathname === '/keys') return answer(response, { keys: [key] })
    if (pathname === '/authorize') {
      const code = String(asked.size + 1)
      asked.set(code, searchParams)
      const back = new URLSearchParams({ code, state: searchParams.get('state') ?? '' })
      response.writeHead(302, { location: `${searchParams.get('redirect_uri')}?${back}` }).end()
      return
    }
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => void answerToken(body, response))
  })
  await new Promise<void>((settle) => server.listen(Number(new URL(issuer).port), settle))
  return {
    as: (identity) => {
      current = identity
    },
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

const describe = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/keys`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
})

function answer(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
