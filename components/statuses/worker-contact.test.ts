import { expect, test } from 'vitest'
import { contactOf } from './worker-contact.ts'

const now = Date.parse('2026-03-01T12:00:00Z')

test.each([
  [null, 'never'],
  ['2026-03-01T11:59:56Z', 'connected'],
  ['2026-03-01T11:57:30Z', 'connected'],
  ['2026-03-01T11:57:29Z', 'silent'],
  ['2026-03-01T12:00:05Z', 'connected'],
] as const)('a worker last seen %s is %s', (lastSeen, contact) => {
  expect(contactOf(lastSeen, now)).toBe(contact)
})
