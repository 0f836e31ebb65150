import { expect, test } from 'vitest'
import { describeImageFault } from './image-references.ts'

const hex = 'a'.repeat(64)

test.each([
  'nginx',
  'library/nginx',
  'nginx:1.27',
  'quay.io/vantiq/jdbc:1.0',
  'localhost/app',
  'localhost:5000/team/app:Latest_1.0-x',
  'registry.example.com:443/a/b/c',
  'EXAMPLE.com/app',
  '[2001:db8::1]:5000/app',
  'a_b/c__d/e-f/g.h/i---j',
  `app@sha256:${hex}`,
  `quay.io/app:1.0@sha256:${hex}`,
  `app@sha512:${'0'.repeat(128)}`,
  `app:${'t'.repeat(128)}`,
  'a'.repeat(255),
  `team/${hex}`,
])('%s is a reference', (reference) => {
  expect(describeImageFault(reference)).toBeUndefined()
})

test.each([
  ['', 'empty'],
  [' nginx', 'white space'],
  ['nginx latest', 'white space'],
  ['https://quay.io/app', '"https://"'],
  ['Nginx', "'Nginx'"],
  ['quay.io/Team/app', "'Team'"],
  ['quay.io//app', 'empty'],
  ['/app', 'empty'],
  ['quay.io/app/', 'empty'],
  ['app:', 'tag'],
  ['app:-1', "'-1'"],
  ['app:a:b', "'a:b'"],
  [`app:${'t'.repeat(129)}`, '129'],
  ['a..b', "'a..b'"],
  ['a___b', "'a___b'"],
  ['-a', "'-a'"],
  ['quay_.io/app', "'quay_.io'"],
  ['quay.io:http/app', "'quay.io:http'"],
  ['-quay.io/app', "'-quay.io'"],
  [hex, '64 hexadecimal'],
  ['a'.repeat(256), '256'],
  ['app@', 'digest'],
  ['app@sha256:abc', '64'],
  [`app@sha256:${hex.toUpperCase()}`, '64'],
  [`app@sha256:${hex}:x`, '64'],
  [`app@md5:${'a'.repeat(32)}`, "'md5'"],
])('%s is refused, and the bad part named', (reference, named) => {
  expect(describeImageFault(reference)).toContain(named)
})
