import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonLength } from './json-size.ts'

const lengthOfJson = (value: unknown) => Buffer.byteLength(JSON.stringify(value))

test.each([
  '',
  'a"b\\c',
  '\b\t\n\f\r\0\u001f\u007f',
  'ä€😀',
  '\ud800 lone \udc00',
  null,
  0,
  -0,
  1e21,
  true,
  [],
  {},
  [[], [1, 'a']],
  { a: 1, ü: { b: [null] } },
  { gone: undefined, kept: 1, 'also gone': undefined },
])('%j is as long as its JSON', (value) => {
  expect(jsonLength(value)).toBe(lengthOfJson(value))
})

test('whatever the value', () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string(), fc.double())), (value) => {
      expect(jsonLength(value)).toBe(lengthOfJson(value))
    }),
    { numRuns: 20 },
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      expect(jsonLength(value)).toBe(lengthOfJson(value))
    }),
  )
})
