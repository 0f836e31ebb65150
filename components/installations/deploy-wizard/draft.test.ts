import { expect, it } from 'vitest'
import { holdsSecrets, withoutSecrets } from './draft.ts'
import { emptyWizard } from './form-values.ts'
import { emptyOption, secretFieldsOf } from './item-forms.tsx'

const values = {
  ...emptyWizard(),
  options: [
    { ...emptyOption('environmentVariable'), name: 'TOKEN', source: 'secret', value: 'hidden' },
    { ...emptyOption('environmentVariable'), name: 'LEVEL', value: 'plain' },
    { ...emptyOption('file'), path: '/a', dataSource: 'secret', content: 'hidden too' },
  ],
}

it('leaves every secret out of a draft, and nothing else', () => {
  const draft = withoutSecrets(values, secretFieldsOf)
  expect(JSON.stringify(draft)).not.toContain('hidden')
  expect(draft.options.map(({ value, content }) => value ?? content)).toEqual(['', 'plain', ''])
})

it('knows whether a secret was typed that a draft cannot hold', () => {
  expect(holdsSecrets(values, secretFieldsOf)).toBe(true)
  expect(holdsSecrets(withoutSecrets(values, secretFieldsOf), secretFieldsOf)).toBe(false)
})
