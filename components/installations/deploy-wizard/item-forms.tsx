import { environmentVariableForm } from './item-forms/environment-variable.tsx'
import { fileForm } from './item-forms/file.tsx'
import { hostAliasForm } from './item-forms/host-alias.tsx'
import { inboundPortForm } from './item-forms/inbound-port.tsx'
import type { OptionType, OptionValues } from './form-values.ts'
import type { OptionForm } from './option-form.ts'

/**
 * The second of the three tables a configuration type stands in: its schema in lib/domain/deploy-config/config.ts,
 * its form here, its rendering in lib/manifests/item-renderers.ts.
 */
export const itemForms: { [Type in OptionType]: OptionForm<Type> } = {
  hostAlias: hostAliasForm,
  inboundPort: inboundPortForm,
  file: fileForm,
  environmentVariable: environmentVariableForm,
}

/** In the order of the table, which is the order of the Add menu and of the sections. */
export const optionTypes = Object.keys(itemForms) as OptionType[]

export const emptyOption = (type: OptionType): OptionValues => ({ ...itemForms[type].empty, type })

/** Where an option's section and one of its fields stand, for putting faults in order. */
export const placeInForm = (values: OptionValues | undefined, property: string) => ({
  type: values ? optionTypes.indexOf(values.type) : 0,
  property: values ? Object.keys(itemForms[values.type].empty).indexOf(property) : 0,
})

export const secretFieldsOf = (values: OptionValues): string[] => itemForms[values.type].secretFields(values)
