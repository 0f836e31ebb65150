import { describe, expect, it } from 'vitest'
import { emptyWizard, type OptionValues, type WizardValues } from './form-values.ts'
import { emptyOption, itemForms } from './item-forms.tsx'
import { mergeWizards } from './merge.ts'

const rules = {
  translations: itemForms,
  identityOf: (option: OptionValues) => itemForms[option.type].identity(option),
  labelOf: (option: OptionValues) => `${option.type} ${option.name}`,
}
const alias = (name: string, hostIP: string) => ({ ...emptyOption('hostAlias'), name, hostIP })
const wizard = (options: OptionValues[], image: Partial<WizardValues['image']> = {}): WizardValues => {
  const empty = emptyWizard()
  return { ...empty, name: 'jdbc', image: { ...empty.image, name: 'a:1', ...image }, options }
}
const addresses = ({ values }: { values: WizardValues }) =>
  values.options.map(({ name, hostIP }) => `${name} ${hostIP}`)

describe('merging', () => {
  const base = wizard([alias('one', '10.0.0.1'), alias('two', '10.0.0.2')])

  it('takes what only they changed, and keeps what only I changed', () => {
    const mine = wizard([alias('one', '10.0.1.1'), alias('two', '10.0.0.2')], { replicaCount: '3' })
    const theirs = wizard([alias('one', '10.0.0.1'), alias('two', '10.0.2.2')], { name: 'a:2' })
    const merged = mergeWizards(base, mine, theirs, rules)
    expect(addresses(merged)).toEqual(['one 10.0.1.1', 'two 10.0.2.2'])
    expect(merged.values.image).toMatchObject({ name: 'a:2', replicaCount: '3' })
    expect(merged.conflicts).toEqual([])
  })

  it('takes additions and removals of both sides', () => {
    const mine = wizard([alias('two', '10.0.0.2'), alias('mine', '10.0.0.3')])
    const theirs = wizard([alias('one', '10.0.0.1'), alias('theirs', '10.0.0.4')])
    const merged = mergeWizards(base, mine, theirs, rules)
    expect(addresses(merged)).toEqual(['mine 10.0.0.3', 'theirs 10.0.0.4'])
    expect(merged.conflicts).toEqual([])
  })

  it('keeps mine of what both changed, and says so', () => {
    const mine = wizard([alias('one', '10.0.1.1'), alias('two', '10.0.0.2')], { name: 'a:3' })
    const theirs = wizard([alias('one', '10.0.9.9')], { name: 'a:2' })
    const merged = mergeWizards(base, mine, theirs, rules)
    expect(addresses(merged)).toEqual(['one 10.0.1.1'])
    expect(merged.values.image.name).toBe('a:3')
    expect(merged.conflicts).toEqual(['image name: a:2 there, a:3 here', 'hostAlias one'])
  })

  it('is no conflict when both made the same change', () => {
    const same = wizard([alias('one', '10.0.5.5')], { name: 'a:9' })
    const merged = mergeWizards(base, same, structuredClone(same), rules)
    expect(addresses(merged)).toEqual(['one 10.0.5.5'])
    expect(merged.conflicts).toEqual([])
  })

  it('brings back what I removed and they changed', () => {
    const merged = mergeWizards(
      base,
      wizard([alias('two', '10.0.0.2')]),
      wizard([alias('one', '10.0.9.9'), alias('two', '10.0.0.2')]),
      rules,
    )
    expect(addresses(merged)).toEqual(['two 10.0.0.2', 'one 10.0.9.9'])
    expect(merged.conflicts).toEqual(['hostAlias one'])
  })

  it('tells twins apart by their order', () => {
    const twins = wizard([alias('', '1'), alias('', '2')])
    const merged = mergeWizards(
      twins,
      structuredClone(twins),
      wizard([alias('', '1'), alias('', '3')]),
      rules,
    )
    expect(addresses(merged)).toEqual([' 1', ' 3'])
  })
})
