import { randomBytes, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { openValue, sealedSizeBytes, sealValue, secretOwner } from './seal.ts'

beforeAll(() => {
  Object.assign(process.env, {
    DATABASE_URL: 'postgresql://nowhere/none',
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    SECRETS_KEY: randomBytes(32).toString('base64'),
  })
})

const place = { namespaceId: randomUUID(), owner: secretOwner(randomUUID()), id: randomUUID() }

describe('a sealed value', () => {
  it.each(['', 'hunter2', 'grüße 🚢', 'x'.repeat(1_000_000)])('opens at its place', (value) => {
    const row = sealValue(place, value)
    expect(openValue(place, row)).toBe(value)
    expect(sealedSizeBytes(row.sealed.length)).toBe(Buffer.byteLength(value))
  })

  it('is never twice the same', () => {
    const [one, other] = [sealValue(place, 'same'), sealValue(place, 'same')]
    expect(Buffer.from(one.nonce).equals(Buffer.from(other.nonce))).toBe(false)
    expect(Buffer.from(one.sealed).equals(Buffer.from(other.sealed))).toBe(false)
  })

  it.each(['namespaceId', 'owner', 'id'] as const)('opens at no place of another %s', (part) => {
    const row = sealValue(place, 'value')
    expect(() => openValue({ ...place, [part]: randomUUID() }, row)).toThrow()
  })

  it('does not open when a bit of it was changed', () => {
    const row = sealValue(place, 'value')
    for (let index = 0; index < row.sealed.length; index += 1) {
      const sealed = Uint8Array.from(row.sealed)
      sealed[index] = (sealed[index] ?? 0) ^ 1
      expect(() => openValue(place, { nonce: row.nonce, sealed })).toThrow()
    }
    expect(() => openValue(place, { nonce: row.nonce, sealed: row.sealed.subarray(0, 8) })).toThrow()
  })
})
