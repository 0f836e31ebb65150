import { describe, expect, it } from 'vitest'
import { checkDeploy } from '#lib/domain/deploy-config/check-deploy.ts'
import type { ConfigItem } from '#lib/domain/deploy-config/config.ts'
import { emptyWizard, fromInstallation, numberOrText, toCommand } from './form-values.ts'
import { emptyOption, itemForms, optionTypes, secretFieldsOf } from './item-forms.tsx'

const config: ConfigItem[] = [
  {
    type: 'image',
    name: 'quay.io/company/jdbc:1.4',
    imagePullSecret: 'quay',
    serviceAccount: 'jdbc',
    replicaCount: 2,
    pullPolicy: 'Always',
  },
  { type: 'hostAlias', name: 'dbnode', hostIP: '10.0.0.17' },
  { type: 'file', path: '/app/typed', filename: 'a.txt', dataSource: 'configMap', content: 'a\n' },
  { type: 'file', path: '/app/kept', filename: 'b.txt', dataSource: 'secret', content: { $secret: 'r1' } },
  {
    type: 'file',
    path: '/app/serverConfig',
    filename: 'server.config',
    dataSource: 'secret',
    name: 'jdbc-server-config',
    key: 'data',
  },
  {
    type: 'file',
    path: '/app/mounted',
    dataSource: 'configMap',
    resourceType: 'documents',
    resourceName: 'config/a.txt',
  },
  {
    type: 'inboundPort',
    port: 8080,
    protocol: 'TCP',
    host: 'jdbc.example.com',
    portName: 'http',
    serviceType: 'ClusterIP',
    serviceName: 'jdbc-http',
    clusterIP: '10.96.0.9',
  },
  { type: 'inboundPort', port: 53, protocol: 'UDP' },
  { type: 'environmentVariable', name: 'LEVEL', value: '' },
  { type: 'environmentVariable', name: 'TOKEN', value: { $secret: 'r2' }, asSecret: true },
  { type: 'environmentVariable', name: 'OTHER', secretName: 'existing', key: 'k' },
]

const installation = { name: 'jdbc', k8sNamespace: 'default', configSpec: config }

describe('the form of an installation', () => {
  it('gives back the config it was filled with, type by type', () => {
    const command = toCommand(fromInstallation(installation, itemForms), itemForms, 3)
    expect(command).toEqual({ name: 'jdbc', k8sNamespace: 'default', config, revision: 3 })
  })

  it('gives a command that the rules accept', () => {
    const command = toCommand(fromInstallation(installation, itemForms), itemForms, 3)
    expect(checkDeploy(command, { ingressDefaultNode: 'node' })).toMatchObject({ ok: true })
  })

  it('sends only what belongs to the choice taken, and keeps the rest', () => {
    const values = fromInstallation(installation, itemForms)
    const file = values.options[1]
    if (file) file.source = 'existing'
    const [, , item] = toCommand(values, itemForms, 3).config
    expect(item).toEqual({
      type: 'file',
      path: '/app/typed',
      filename: 'a.txt',
      dataSource: 'configMap',
      name: '',
      key: '',
    })
    expect(file?.content).toBe('a\n')
  })

  it('replaces a stored secret only when that was chosen', () => {
    const values = fromInstallation(installation, itemForms)
    const variable = values.options.find(({ name }) => name === 'TOKEN')
    if (variable) Object.assign(variable, { valueChoice: 'replace', value: 'new' })
    const sent = toCommand(values, itemForms, 3).config.find(({ name }) => name === 'TOKEN')
    expect(sent).toEqual({ type: 'environmentVariable', name: 'TOKEN', value: 'new', asSecret: true })
  })

  it('does not turn a stored secret into a plain value', () => {
    const values = fromInstallation(installation, itemForms)
    const file = values.options.find(({ path }) => path === '/app/kept')
    if (file) file.dataSource = 'configMap'
    const sent = toCommand(values, itemForms, 3).config.find(({ path }) => path === '/app/kept')
    expect(sent).toMatchObject({ dataSource: 'configMap', content: '' })
  })
})

describe('an empty form', () => {
  it('leaves out what nobody filled in', () => {
    expect(toCommand(emptyWizard(), itemForms, 0)).toEqual({
      name: '',
      k8sNamespace: 'default',
      config: [{ type: 'image', name: '', replicaCount: 1 }],
      revision: 0,
    })
  })

  it.each(optionTypes)('has an empty %s without a secret or a summary', (type) => {
    const option = emptyOption(type)
    expect(itemForms[type].summary(option)).toBe('')
    expect(secretFieldsOf(option)).toEqual([])
  })
})

it('knows which fields hold a secret', () => {
  expect(secretFieldsOf({ ...emptyOption('environmentVariable'), source: 'secret' })).toEqual(['value'])
  expect(secretFieldsOf({ ...emptyOption('file'), dataSource: 'secret' })).toEqual(['content'])
  expect(secretFieldsOf({ ...emptyOption('file'), dataSource: 'secret', source: 'existing' })).toEqual([])
})

it.each([
  ['', undefined],
  [' 80 ', 80],
  ['-1', -1],
  ['8o', '8o'],
  ['1.5', '1.5'],
])('reads %j as %j', (text, value) => {
  expect(numberOrText(text)).toBe(value)
})
