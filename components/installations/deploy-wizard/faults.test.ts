import { describe, expect, it } from 'vitest'
import { checkDeploy } from '#lib/domain/deploy-config/check-deploy.ts'
import { isField, optionOfField, placeFaults, sectionOfField } from './faults.ts'
import { emptyWizard, toCommand } from './form-values.ts'
import { emptyOption, itemForms, placeInForm } from './item-forms.tsx'

describe('faults of a command', () => {
  it('stand at the fields of the form, in the order they are read', () => {
    const values = emptyWizard('Not A Namespace')
    values.options = [
      { ...emptyOption('hostAlias'), name: 'dbnode', hostIP: '10.0.0.300' },
      { ...emptyOption('file'), path: '/proc', source: 'existing' },
    ]
    const checked = checkDeploy(toCommand(values, itemForms, 0), { ingressDefaultNode: 'node' })
    const placed = placeFaults(checked.ok ? [] : checked.faults, (position, property) =>
      placeInForm(values.options[position], property),
    )
    expect(placed.map(({ field }) => field)).toEqual([
      'name',
      'k8sNamespace',
      'image.name',
      'options.0.hostIP',
      'options.1.path',
      'options.1.filename',
      'options.1.name',
      'options.1.key',
    ])
  })

  it('follow the order of the sections, not that of the config', () => {
    const fault = (index: number) => ({ path: ['config', index, 'name'], rule: 'r', message: 'm' })
    const placed = placeFaults([fault(1), fault(2)], (position) => ({
      type: position === 0 ? 1 : 0,
      property: 0,
    }))
    expect(placed.map(({ field }) => field)).toEqual(['options.1.name', 'options.0.name'])
  })
})

it.each([
  ['image.name', 1, undefined, true],
  ['image.serviceAccount', 2, undefined, true],
  ['options.12.port', 3, 12, true],
  ['options.12', 3, 12, false],
  ['', 4, undefined, false],
] as const)('%j is in section %i', (field, section, option, hasField) => {
  expect(sectionOfField(field)).toBe(section)
  expect(optionOfField(field)).toBe(option)
  expect(isField(field)).toBe(hasField)
})
