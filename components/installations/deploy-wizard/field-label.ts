import { optionOfField } from './faults.ts'
import type { OptionValues } from './form-values.ts'
import { itemForms } from './item-forms.tsx'

const labels: Record<string, string> = {
  name: 'Name',
  k8sNamespace: 'Kubernetes Namespace',
  'image.name': 'Image',
  'image.imagePullSecret': 'Image Pull Secret',
  'image.serviceAccount': 'Service Account',
  'image.replicaCount': 'Replicas',
  'image.pullPolicy': 'Pull Policy',
}

/** `hostIP` as `Host IP`: the labels are the properties' names, in words. */
const inWords = (property: string) =>
  property.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replace(/^[a-z]/, (letter) => letter.toUpperCase())

/** How a list of faults calls a field: its label, or the option it stands in, as the option's own heading says. */
export function fieldLabel(field: string, options: readonly OptionValues[]): string {
  const position = optionOfField(field)
  const option = position === undefined ? undefined : options[position]
  if (position === undefined || !option) return labels[field] ?? ''
  const before = options.slice(0, position).filter(({ type }) => type === option.type).length
  const property = field.split('.').at(2)
  const part = property === undefined ? '' : `, ${inWords(property)}`
  return `${itemForms[option.type].label} ${before + 1}${part}`
}
