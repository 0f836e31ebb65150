import { expect, test } from 'vitest'
import type { ConfigItem } from '#lib/domain/deploy-config/config.ts'
import { emptyNumbering } from '#lib/domain/numbering.ts'
import { checkServiceNames } from './check-names.ts'
import { assignNumbers } from './number.ts'

const typed = (path: string, dataSource?: 'secret'): ConfigItem => ({
  type: 'file',
  path,
  filename: 'a',
  content: 'x',
  ...(dataSource && { dataSource }),
})
const port = (number: number, serviceName?: string): ConfigItem => ({
  type: 'inboundPort',
  port: number,
  protocol: 'TCP',
  ...(serviceName !== undefined && { serviceName }),
})
const hidden: ConfigItem = { type: 'environmentVariable', name: 'A', value: 'x', asSecret: true }

test('numbers begin at 0, by path and by port; the Secret of variables comes after those of paths', () => {
  const config = [hidden, typed('/b'), typed('/a'), typed('/b', 'secret'), port(81), port(80)]
  expect(assignNumbers(config, emptyNumbering)).toEqual({
    configMaps: { '/b': 0, '/a': 1 },
    secrets: { '/b': 0, environment: 1 },
    services: { 'TCP/81': 0, 'TCP/80': 1 },
    ingresses: { 'TCP/81': 0, 'TCP/80': 1 },
    persistentVolumeClaims: {},
  })
})

test('what refers to existing objects or has a name of its own needs no number', () => {
  const config: ConfigItem[] = [
    { type: 'file', path: '/a', filename: 'a', name: 'theirs', key: 'k' },
    { type: 'environmentVariable', name: 'A', secretName: 's', key: 'k' },
    { type: 'inboundPort', port: 53, protocol: 'UDP', serviceName: 'dns' },
  ]
  expect(assignNumbers(config, emptyNumbering)).toEqual(emptyNumbering)
})

test('a number stays with its path, also when the path goes and comes back', () => {
  const first = assignNumbers([typed('/a'), typed('/b')], emptyNumbering)
  const second = assignNumbers([typed('/b'), typed('/c')], first)
  expect(second.configMaps).toEqual({ '/a': 0, '/b': 1, '/c': 2 })
  expect(first.configMaps).toEqual({ '/a': 0, '/b': 1 })
  expect(assignNumbers([typed('/a')], second)).toEqual(second)
})

test('a Secret of variables that came first keeps its number', () => {
  const first = assignNumbers([hidden], emptyNumbering)
  expect(assignNumbers([typed('/a', 'secret'), hidden], first).secrets).toEqual({ environment: 0, '/a': 1 })
})

test('a Service name that would be too long is refused at its port', () => {
  const name = 'a'.repeat(45)
  const numbered = (number: number) => ({ ...emptyNumbering, services: { 'TCP/80': number } })
  expect(checkServiceNames(name, [port(80)], numbered(99))).toEqual([])
  expect(checkServiceNames(name, [port(80)], numbered(100))).toMatchObject([
    { path: ['config', 0, 'serviceName'], rule: 'dns1035Label' },
  ])
  expect(checkServiceNames(name, [port(80, 'short')], numbered(100))).toEqual([])
})
