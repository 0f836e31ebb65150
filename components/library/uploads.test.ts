import { expect, it } from 'vitest'
import { uploadLimitBytes } from '#lib/domain/library.ts'
import { formatBytes } from './library-words.ts'
import { describeUploadFault, type Upload } from './uploads.ts'

const upload = (id: number, name: string, size: number): Upload => ({
  id,
  name,
  file: { name, size } as File,
  state: 'waiting',
  sentBytes: 0,
})

it('refuses a file that is too large before it is sent, and names limit and size', () => {
  const large = upload(1, 'a', uploadLimitBytes + 1)
  expect(describeUploadFault(large, [large])).toMatch(/26,214,400 bytes \(25 MiB\).*26,214,401/)
  const allowed = upload(1, 'a', uploadLimitBytes)
  expect(describeUploadFault(allowed, [allowed])).toBeUndefined()
})

it('refuses names the library refuses, and two files of one name', () => {
  const one = upload(1, 'config/../a', 1)
  expect(describeUploadFault(one, [one])).toMatch(/a part '\.\.'/)
  const twins = [upload(1, 'a', 1), upload(2, 'a', 1)] as const
  expect(describeUploadFault(twins[0], twins)).toMatch(/named 'a'/)
})

it.each([
  [0, '0 bytes'],
  [1536, '1.5 KiB'],
  [200 * 1024, '200 KiB'],
  [25 * 1024 ** 2, '25 MiB'],
])('writes %i bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})
