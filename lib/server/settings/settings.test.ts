import { describe, expect, it } from 'vitest'
import { parseSettings } from './settings.ts'

const right = {
  DATABASE_URL: 'postgresql://windlass:secret-word@127.0.0.1/windlass',
  AUTH_SECRET: 'a'.repeat(32),
  SECRETS_KEY: Buffer.alloc(32, 7).toString('base64'),
}

describe('settings', () => {
  it('take defaults, and an address without the slash at its end', () => {
    expect(parseSettings(right)).toMatchObject({ PORT: 3000, publicUrl: 'http://localhost:3000' })
    expect(parseSettings({ ...right, PUBLIC_URL: 'https://console.example.com/' }).publicUrl).toBe(
      'https://console.example.com',
    )
  })

  it.each([
    ['PORT', '70000'],
    ['PUBLIC_URL', 'ftp://console.example.com'],
    ['PUBLIC_URL', 'https://example.com/console'],
    ['PUBLIC_URL', 'https://example.com/?a=b'],
    ['PUBLIC_URL', 'https://somebody@example.com'],
    ['DATABASE_URL', 'mysql://127.0.0.1'],
    ['AUTH_SECRET', 'short'],
    ['SECRETS_KEY', 'c2hvcnQ='],
    ['ADMIN_PASSWORD', 'short'],
    ['LEASE_SECONDS', '1'],
    ['LOG_LEVEL', 'loud'],
  ])('refuse %s=%s in a sentence that names it', (name, value) => {
    expect(() => parseSettings({ ...right, [name]: value })).toThrow(new RegExp(`^${name} is wrong: `))
  })

  it('name every variable that is missing, and give no value away', () => {
    const refusal = () => parseSettings({ ...right, AUTH_SECRET: 'secret-word', SECRETS_KEY: '' })
    expect(refusal).toThrow('SECRETS_KEY is not set.')
    expect(refusal).not.toThrow('secret-word')
  })

  it('want the single sign-on whole or not at all', () => {
    expect(() => parseSettings({ ...right, OIDC_ISSUER: 'https://id.example.com' })).toThrow('set together')
  })
})
