import { expect, test } from 'vitest'
import { describeNameFault, nameRules } from './kubernetes-names.ts'

const { dns1123Label, dns1035Label, dns1123Subdomain, wildcardDns1123Subdomain } = nameRules
const { ianaServiceName, configMapKey, environmentVariableName } = nameRules

test.each([
  [dns1123Label, 'a'],
  [dns1123Label, '1-a'],
  [dns1123Label, 'a'.repeat(63)],
  [dns1035Label, 'a-1'],
  [dns1123Subdomain, 'a.b-c.1'],
  [dns1123Subdomain, Array.from({ length: 4 }, () => 'a'.repeat(62)).join('.')],
  [wildcardDns1123Subdomain, '*.example.com'],
  [ianaServiceName, 'http-1'],
  [ianaServiceName, '1a'],
  [ianaServiceName, 'a'.repeat(15)],
  [configMapKey, 'A_b-c.d'],
  [configMapKey, '.hidden'],
  [configMapKey, 'a..b'],
  [configMapKey, '...'.slice(2) + 'x'],
  [environmentVariableName, '_A.b-C1'],
  [environmentVariableName, '-a'],
])('%o takes %s', (rule, value) => {
  expect(describeNameFault(value, rule)).toBeUndefined()
})

test.each([
  [dns1123Label, ''],
  [dns1123Label, '-a'],
  [dns1123Label, 'a-'],
  [dns1123Label, 'a.b'],
  [dns1123Label, 'A'],
  [dns1123Label, 'a\n'],
  [dns1123Label, 'a'.repeat(64)],
  [dns1035Label, '1a'],
  [dns1123Subdomain, 'a..b'],
  [dns1123Subdomain, '.a'],
  [dns1123Subdomain, 'a.-b'],
  [dns1123Subdomain, 'a'.repeat(254)],
  [wildcardDns1123Subdomain, '*'],
  [wildcardDns1123Subdomain, '*.*.com'],
  [wildcardDns1123Subdomain, 'a.*.com'],
  [ianaServiceName, '80'],
  [ianaServiceName, 'a--b'],
  [ianaServiceName, '-a'],
  [ianaServiceName, 'a-'],
  [ianaServiceName, 'a'.repeat(16)],
  [configMapKey, '.'],
  [configMapKey, '..'],
  [configMapKey, '..a'],
  [configMapKey, 'a b'],
  [configMapKey, 'a/b'],
  [configMapKey, 'a'.repeat(254)],
  [environmentVariableName, '1A'],
  [environmentVariableName, 'A=B'],
  [environmentVariableName, '..A'],
  [environmentVariableName, '.'],
])('%o refuses %s', (rule, value) => {
  expect(describeNameFault(value, rule)).toContain(rule.rule)
})

test('a message shows the value, the rule and the characters that are not allowed', () => {
  const message = describeNameFault('My_Db\u0007', dns1123Label)
  expect(message).toContain("'My_Db\\u0007'")
  expect(message).toContain('dns1123Label')
  expect(message).toContain("not allowed: 'M', '_', 'D', '\\u0007'.")
})

test('a long value is judged quickly and shown short', () => {
  const started = performance.now()
  for (const rule of Object.values(nameRules)) {
    for (const value of ['a-', 'a.', 'a']) {
      expect(describeNameFault(value.repeat(500_000) + '!', rule)?.length).toBeLessThan(500)
    }
  }
  expect(performance.now() - started).toBeLessThan(2000)
})
