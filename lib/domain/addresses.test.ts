import { describe, expect, test } from 'vitest'
import { addresses, keepOnConsole } from './addresses.ts'

describe('where sign-in leads afterwards', () => {
  const publicUrl = 'https://console.example.com'
  test.each([
    ['/ns/default/clusters?page=2', '/ns/default/clusters?page=2'],
    ['https://console.example.com/account', '/account'],
    ['https://elsewhere.example.com/account', '/'],
    ['//elsewhere.example.com', '/'],
    ['/\\elsewhere.example.com', '/'],
    ['/.//elsewhere.example.com', '/'],
    ['javascript:alert(1)', '/'],
    ['http://[', '/'],
    [undefined, '/'],
    [['/a', '/b'], '/'],
  ])('%j → %s', (given, expected) => {
    expect(keepOnConsole(given, publicUrl)).toBe(expected)
  })
})

test('names are escaped in addresses', () => {
  expect(addresses.cluster('default', 'a/b c')).toBe('/ns/default/clusters/a%2Fb%20c')
})
