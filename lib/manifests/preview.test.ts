import { expect, test } from 'vitest'
import { keptSecretPlaceholder, renderPreview, secretPlaceholder } from './preview.ts'

const cluster = { ingressDefaultNode: 'node', ingressClassName: null }
const image = { type: 'image', name: 'nginx' }

const preview = (config: unknown[], installationName = 'web') =>
  renderPreview({ installationName, k8sNamespace: 'default', config, cluster })

test('a form that was just opened has a preview', () => {
  const kinds = preview([{ type: 'image', name: '' }], '').map(({ kind }) => kind)
  expect(kinds).toEqual(['Service', 'StatefulSet'])
})

test('items that are not finished are left out until they are', () => {
  const unfinished = [{ type: 'inboundPort', port: 80 }, { type: 'file' }, null, { type: 'probe' }]
  expect(preview([image, ...unfinished])).toEqual(preview([image]))
})

test('secret values, typed or stored, are a placeholder one can see', () => {
  const objects = preview([
    image,
    { type: 'environmentVariable', name: 'A', value: 'hunter2', asSecret: true },
    { type: 'environmentVariable', name: 'B', value: { $secret: 'e8f2' }, asSecret: true },
    { type: 'file', path: '/a', filename: 'f', dataSource: 'secret', content: { $secret: 'e8f2' } },
  ])
  expect(objects.filter(({ kind }) => kind === 'Secret').map(({ data }) => data)).toEqual([
    { f: keptSecretPlaceholder },
    { A: secretPlaceholder, B: keptSecretPlaceholder },
  ])
})

test('library content is named in place of its bytes', () => {
  const [configMap] = preview([
    image,
    { type: 'file', path: '/a', resourceType: 'documents', resourceName: 'x/y.txt' },
  ])
  expect(configMap?.['data']).toEqual({ 'y.txt': '(content of documents/x/y.txt)' })
})

test('an update keeps the numbers it was given before', () => {
  const config = [image, { type: 'file', path: '/b', filename: 'f', content: 'x' }]
  const previousNumbering = {
    configMaps: { '/a': 0, '/b': 1 },
    secrets: {},
    services: {},
    ingresses: {},
    persistentVolumeClaims: {},
  }
  const [configMap] = renderPreview({
    installationName: 'web',
    k8sNamespace: 'default',
    config,
    cluster,
    previousNumbering,
  })
  expect(configMap?.metadata.name).toBe('vantiq-web-configmap-1')
})
