import type { Fault, FaultPath } from '#lib/domain/errors.ts'

/** A fault and where it stands in the form. */
export interface PlacedFault {
  /** `image.name`, `options.2.port`; `options.2` for a fault of a whole option, `` for one of the whole form. */
  field: string
  rule: string
  message: string
}

/** The form's field for a path in the command: `['config', 3, 'port']` is `options.2.port`. */
export function fieldOfPath(path: FaultPath): string {
  const [first, index, property] = path
  if (first !== 'config') return first === undefined ? '' : String(first)
  if (typeof index !== 'number') return ''
  const part = index === 0 ? 'image' : `options.${index - 1}`
  return property === undefined ? part : `${part}.${property}`
}

export type OptionPlaces = (position: number, property: string) => { type: number; property: number }

/**
 * Faults in the order of the form, so that the first one is the first a reader meets. `places` says where a type's
 * section stands among the sections, and a property among the fields of its option.
 */
export function placeFaults(faults: readonly Fault[], places: OptionPlaces): PlacedFault[] {
  return faults
    .map((fault) => ({ field: fieldOfPath(fault.path), rule: fault.rule, message: fault.message }))
    .sort((one, other) => rank(one.field, places) - rank(other.field, places))
}

/** The number of the section a field stands in, 1 to 4. */
export function sectionOfField(field: string): 1 | 2 | 3 | 4 {
  if (field === 'image.imagePullSecret' || field === 'image.serviceAccount') return 2
  if (field.startsWith('options.')) return 3
  return field === '' || field === 'revision' ? 4 : 1
}

/** Whether a fault has a field to stand beside, and is not of an option, the image or the form as a whole. */
export function isField(field: string): boolean {
  return field !== '' && field !== 'image' && field !== 'revision' && !/^options\.\d+$/.test(field)
}

/** The position of the option a field belongs to, or undefined. */
export function optionOfField(field: string): number | undefined {
  const match = /^options\.(\d+)/.exec(field)
  return match?.[1] === undefined ? undefined : Number(match[1])
}

const firstFields = ['name', 'k8sNamespace', 'image', 'image.name', 'image.replicaCount', 'image.pullPolicy']

function rank(field: string, places: OptionPlaces): number {
  const section = sectionOfField(field) * 1e9
  const position = optionOfField(field)
  if (position === undefined) return section + firstFields.indexOf(field)
  const { type, property } = places(position, field.split('.').at(2) ?? '')
  return section + type * 1e7 + position * 1e3 + property
}
