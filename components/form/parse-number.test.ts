import { expect, test } from 'vitest'
import { parseNumber } from './parse-number.ts'

test.each([
  ['', undefined],
  ['  ', undefined],
  ['8080', 8080],
  [' 8080 ', 8080],
  ['-1', -1],
  ['8o80', '8o80'],
  ['1.5', '1.5'],
  ['1e3', '1e3'],
  ['12345678901234567890', '12345678901234567890'],
])('%j is %j', (text, value) => {
  expect(parseNumber(text)).toBe(value)
})
