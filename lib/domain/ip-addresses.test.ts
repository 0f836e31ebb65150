import * as fc from 'fast-check'
import { isIP } from 'node:net'
import { expect, test } from 'vitest'
import { ipFamily, ipIdentity } from './ip-addresses.ts'

test.each([
  '10.9.8.7',
  '0.0.0.0',
  '255.255.255.255',
  '::',
  '::1',
  'fe80::1',
  '2001:db8::ffff',
  '2001:DB8:0:0:0:0:0:1',
  '::ffff:10.0.0.1',
  '1:2:3:4:5:6:7::',
  '1:2:3:4:5:6:10.0.0.1',
])('%s is an address', (text) => {
  expect(ipFamily(text)).toBe(isIP(text))
})

test.each([
  '',
  '10.0.0',
  '10.0.0.0.1',
  '10.0.0.256',
  '10.0.0.01',
  '010.0.0.1',
  ' 10.0.0.1',
  '10.0.0.1/24',
  '10.0.0.1:80',
  ':',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7:8::',
  '12345::',
  'g::1',
  '[::1]',
  '::ffff:10.0.0.01',
  '10.0.0.1::',
  '::10.0.0.1:1',
])('%s is no address', (text) => {
  expect(ipFamily(text)).toBeUndefined()
})

test('a zone is refused, as Kubernetes does', () => {
  expect(ipFamily('fe80::1%eth0')).toBeUndefined()
})

test('it judges as Node does, whatever looks like an address', () => {
  const piece = fc.constantFrom(':', '::', '.', '0', '00', '1', 'f', 'ffff', '10', '255', '256', '1.2.3.4')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.ipV4(),
        fc.ipV6(),
        fc.array(piece, { maxLength: 17 }).map((pieces) => pieces.join('')),
      ),
      (text) => {
        expect(ipFamily(text) ?? 0).toBe(isIP(text))
      },
    ),
  )
})

test('spellings of one address have one identity', () => {
  expect(ipIdentity('0:0::1')).toBe(ipIdentity('::1'))
  expect(ipIdentity('2001:DB8::0a')).toBe(ipIdentity('2001:db8:0:0:0:0:0:a'))
  expect(ipIdentity('::ffff:10.0.0.1')).toBe(ipIdentity('::ffff:a00:1'))
  expect(ipIdentity('::1')).not.toBe(ipIdentity('::2'))
  expect(ipIdentity('nonsense')).toBeUndefined()
})
