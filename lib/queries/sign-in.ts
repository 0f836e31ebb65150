import type { ApiError } from '#lib/domain/errors.ts'

export type SignInAnswer = { ok: true; url: string } | { ok: false; message: string }

/** Signs in with a password; `url` is where to go next, always on this console. */
export const signInWithPassword = (
  credentials: { email: string; password: string },
  callbackUrl: string,
): Promise<SignInAnswer> => postToAuth('/api/auth/callback/credentials', { ...credentials, callbackUrl })

/** Begins single sign-on; `url` is the provider's page to go to. */
export const startSingleSignOn = (callbackUrl: string): Promise<SignInAnswer> =>
  postToAuth('/api/auth/signin/oidc', { callbackUrl })

async function postToAuth(path: string, body: Record<string, string>): Promise<SignInAnswer> {
  try {
    const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string }
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, csrfToken, json: 'true' }),
    })
    const answer = (await response.json()) as { url?: string } | ApiError[]
    if (Array.isArray(answer)) return { ok: false, message: answer[0]?.message ?? 'Signing in did not work.' }
    return response.ok && answer.url && !answer.url.includes('csrf=true')
      ? { ok: true, url: answer.url }
      : { ok: false, message: 'Signing in did not work. Reload the page and try again.' }
  } catch {
    return { ok: false, message: 'The console did not answer. Check the connection and try again.' }
  }
}
