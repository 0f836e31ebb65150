import { expect, test } from 'vitest'
import type { ConfigItem } from '#lib/domain/deploy-config/config.ts'
import { find, namesOf, render, sourcesOf, base64 } from './testing/render-jdbc.ts'

test('files of one path share one volume, whatever their sources', () => {
  const binary = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff])
  const objects = render(
    [
      { type: 'file', path: '/app', filename: 'a', content: 'typed' },
      { type: 'file', path: '/app', filename: 'b', content: 'hidden', dataSource: 'secret' },
      { type: 'file', path: '/app', filename: 'c', name: 'theirs', key: 'k1' },
      { type: 'file', path: '/app', filename: 'd', name: 'theirs', key: 'k2' },
      { type: 'file', path: '/app', filename: 'e', name: 'theirs', key: 'k1', dataSource: 'secret' },
      {
        type: 'file',
        path: '/app',
        resourceType: 'images',
        resourceName: 'logos/f.png',
        contentSha256: 'f'.repeat(64),
      },
      { type: 'file', path: '/other', filename: 'a', content: 'other' },
    ],
    { contents: new Map([['f'.repeat(64), binary]]) },
  )
  expect(sourcesOf(objects)).toEqual([
    [
      {
        configMap: {
          name: 'vantiq-jdbc-configmap-0',
          items: [
            { key: 'a', path: 'a' },
            { key: 'f.png', path: 'f.png' },
          ],
        },
      },
      { secret: { name: 'vantiq-jdbc-secret-0', items: [{ key: 'b', path: 'b' }] } },
      {
        configMap: {
          name: 'theirs',
          items: [
            { key: 'k1', path: 'c' },
            { key: 'k2', path: 'd' },
          ],
        },
      },
      { secret: { name: 'theirs', items: [{ key: 'k1', path: 'e' }] } },
    ],
    [{ configMap: { name: 'vantiq-jdbc-configmap-1', items: [{ key: 'a', path: 'a' }] } }],
  ])
  expect(find(objects, 'ConfigMap', 'vantiq-jdbc-configmap-0')).toMatchObject({
    data: { a: 'typed' },
    binaryData: { 'f.png': Buffer.from(binary).toString('base64') },
  })
  expect(find(objects, 'Secret', 'vantiq-jdbc-secret-0')['data']).toEqual({ b: base64('hidden') })
  expect(namesOf(objects)).toEqual([
    'ConfigMap vantiq-jdbc-configmap-0',
    'ConfigMap vantiq-jdbc-configmap-1',
    'Secret vantiq-jdbc-secret-0',
    'Service vantiq-jdbc-headless',
    'StatefulSet jdbc',
  ])
})

test('a file name that is no key is held under one that follows from it', () => {
  const file: ConfigItem = { type: 'file', path: '/app', filename: 'ключ 1.txt', content: 'x' }
  const key = Object.keys(find(render([file]), 'ConfigMap', 'vantiq-jdbc-configmap-0')['data'] as object)[0]
  expect(key).toMatch(/^key-[0-9a-f]{64}$/)
  expect(sourcesOf(render([file]))[0]).toMatchObject([
    { configMap: { items: [{ key, path: 'ключ 1.txt' }] } },
  ])
})

test('library content in a Secret is base64 of its very bytes', () => {
  const bytes = new Uint8Array(100_000).map((_, index) => index * 7)
  const item: ConfigItem = {
    type: 'file',
    path: '/app',
    filename: 'a',
    dataSource: 'secret',
    resourceType: 'videos',
    resourceName: 'v',
    contentSha256: 'a'.repeat(64),
  }
  const objects = render([item], { contents: new Map([['a'.repeat(64), bytes]]) })
  expect(find(objects, 'Secret', 'vantiq-jdbc-secret-0')['data']).toEqual({
    a: Buffer.from(bytes).toString('base64'),
  })
})

test.each([
  ['text with a byte order mark', Buffer.from('\ufeffa: ä\r\n'), true],
  ['nothing', Buffer.alloc(0), true],
  ['broken UTF-8', Buffer.from([0x61, 0xc3]), false],
  ['text with a NUL', Buffer.from('a\0b'), false],
])('a ConfigMap holds %s without loss', (_, bytes, isText) => {
  const item: ConfigItem = {
    type: 'file',
    path: '/app',
    filename: 'a',
    resourceType: 'documents',
    resourceName: 'd',
    contentSha256: 'a'.repeat(64),
  }
  const objects = render([item], { contents: new Map([['a'.repeat(64), bytes]]) })
  const { data, binaryData } = find(objects, 'ConfigMap', 'vantiq-jdbc-configmap-0') as {
    data?: { a: string }
    binaryData?: { a: string }
  }
  const held = isText ? Buffer.from(data?.a ?? 'missing') : Buffer.from(binaryData?.a ?? 'missing', 'base64')
  expect(held).toEqual(bytes)
  expect(isText ? binaryData : data).toBeUndefined()
})

test('the order of items does not change the objects that hold them', () => {
  const files: ConfigItem[] = ['b', 'a'].flatMap((filename) => [
    { type: 'file', path: '/app', filename, content: filename },
    { type: 'file', path: '/app', filename: `${filename}-hidden`, content: filename, dataSource: 'secret' },
  ])
  const held = (items: ConfigItem[]) => JSON.stringify(render(items).slice(0, 2))
  expect(held(files.toReversed())).toBe(held(files))
})
