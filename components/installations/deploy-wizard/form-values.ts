import type { ConfigItem, ItemOfType, ItemType } from '#lib/domain/deploy-config/config.ts'

/** Every type but the image, which is the wizard's first section. */
export type OptionType = Exclude<ItemType, 'image'>

/**
 * What the fields of one option hold. All of it is text, and what belongs to a choice not taken stays: changing
 * one's mind about a file's source loses nothing.
 */
export interface OptionValues {
  type: OptionType
  [field: string]: string
}

export interface WizardValues {
  name: string
  k8sNamespace: string
  image: Record<'name' | 'imagePullSecret' | 'serviceAccount' | 'replicaCount' | 'pullPolicy', string>
  options: OptionValues[]
}

/** A deploy command's `data` before any check; the rules are checkDeploy's. */
export interface DeployCommand {
  name: string
  k8sNamespace: string
  config: Record<string, unknown>[]
  revision: number
}

/** What the form must know of a type to translate it; the table in item-forms.tsx has one for each. */
export interface Translation<Type extends OptionType> {
  toItem(values: OptionValues): Record<string, unknown>
  fromItem(item: ItemOfType<Type>): Record<string, string>
}
export type Translations = { [Type in OptionType]: Translation<Type> }

export function emptyWizard(k8sNamespace = 'default'): WizardValues {
  return {
    name: '',
    k8sNamespace,
    image: { name: '', imagePullSecret: '', serviceAccount: '', replicaCount: '1', pullPolicy: '' },
    options: [],
  }
}

/** The image comes first, so `config[0]` is the image and `config[n]` the option n - 1; faults.ts relies on it. */
export function toCommand(values: WizardValues, translations: Translations, revision: number): DeployCommand {
  const { image } = values
  return {
    name: values.name.trim(),
    k8sNamespace: values.k8sNamespace.trim(),
    config: [
      {
        type: 'image',
        name: image.name.trim(),
        ...given({
          imagePullSecret: image.imagePullSecret.trim(),
          serviceAccount: image.serviceAccount.trim(),
          replicaCount: numberOrText(image.replicaCount),
          pullPolicy: image.pullPolicy,
        }),
      },
      ...values.options.map((option) => translations[option.type].toItem(option)),
    ],
    revision,
  }
}

export function fromInstallation(
  installation: { name: string; k8sNamespace: string; configSpec?: ConfigItem[] },
  translations: Translations,
): WizardValues {
  const values = emptyWizard(installation.k8sNamespace)
  values.name = installation.name
  for (const item of installation.configSpec ?? []) {
    if (item.type === 'image') {
      values.image = {
        name: item.name,
        imagePullSecret: item.imagePullSecret ?? '',
        serviceAccount: item.serviceAccount ?? '',
        replicaCount: String(item.replicaCount ?? 1),
        pullPolicy: item.pullPolicy ?? '',
      }
    } else {
      values.options.push(fromItem(item, translations))
    }
  }
  return values
}

function fromItem<Type extends OptionType>(item: ItemOfType<Type>, translations: Translations): OptionValues {
  const type = item.type as Type
  const translation: Translation<Type> = translations[type]
  return { ...translation.fromItem(item), type }
}

/** Leaves out what was not filled in. */
export function given(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined && value !== ''),
  )
}

/** A number where it is one; anything else stays as typed, so that the check can name it. */
export function numberOrText(text: string): number | string | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  return /^-?\d{1,15}$/.test(trimmed) ? Number(trimmed) : trimmed
}

/** What a field of a value that may be a kept secret puts into the config. */
export function secretOrText(values: OptionValues, field: string): string | { $secret: string } {
  return isKept(values, field) ? { $secret: keptReference(values, field) } : (values[field] ?? '')
}

/** A stored secret is kept until somebody chooses to replace it. */
export function isKept(values: OptionValues, field: string): boolean {
  return keptReference(values, field) !== '' && values[`${field}Choice`] !== 'replace'
}

export const keptReference = (values: OptionValues, field: string): string => values[`${field}Kept`] ?? ''

/** The form's fields for a value that may come as a reference to a stored secret. */
export function valueFields(field: string, value: string | { $secret: string } | undefined) {
  return typeof value === 'object'
    ? { [field]: '', [`${field}Kept`]: value.$secret, [`${field}Choice`]: 'keep' }
    : { [field]: value ?? '', [`${field}Kept`]: '', [`${field}Choice`]: 'replace' }
}
