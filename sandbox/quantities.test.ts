import { expect, test } from 'vitest'
import { canonicalQuantity, quantity } from './quantities.ts'

test.for([
  ['1000m', '1'],
  ['0.5', '500m'],
  ['1500m', '1500m'],
  ['1.5', '1500m'],
  ['1024Mi', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['512Ki', '512Ki'],
  ['0.5Ki', '512'],
  ['1000k', '1M'],
  ['2e3', '2k'],
  ['100', '100'],
  ['0', '0'],
  ['1', '1'],
] as const)('%s is stored as %s', ([given, stored]) => {
  expect(canonicalQuantity(given)).toBe(stored)
})

test.for([
  ['1Gi', 1024 ** 3],
  ['250m', 0.25],
  ['2M', 2_000_000],
] as const)('%s is %d', ([text, number]) => {
  expect(quantity(text)).toBe(number)
})
