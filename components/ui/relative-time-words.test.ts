import { describe, expect, test } from 'vitest'
import { formatAbsolute, formatAgo, formatDuration } from './relative-time-words.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

describe('durations are whole units, rounded down', () => {
  test.each([
    [-5, '0 s'],
    [999, '0 s'],
    [4 * second, '4 s'],
    [59_999, '59 s'],
    [minute, '1 min'],
    [hour - 1, '59 min'],
    [hour, '1 h'],
    [2 * day - 1, '47 h'],
    [2 * day, '2 d'],
    [400 * day, '400 d'],
  ])('%d ms → %s', (length, words) => {
    expect(formatDuration(length)).toBe(words)
  })
})

test.each([
  [0, 'just now'],
  [-30 * second, 'just now'],
  [-5 * minute, 'in 5 min'],
  [4 * second, '4 s ago'],
  [3 * hour, '3 h ago'],
])('%d ms after the moment: %s', (age, words) => {
  const now = Date.parse('2026-03-01T12:00:00Z')
  expect(formatAgo(now - age, now)).toBe(words)
})

test('absolute times are given in UTC to the second', () => {
  expect(formatAbsolute(Date.parse('2026-03-01T12:00:05.700Z')).utc).toBe('2026-03-01 12:00:05 UTC')
})
