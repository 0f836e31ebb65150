import type { ComponentType } from 'react'
import type { OptionType, OptionValues, Translation } from './form-values.ts'

/** The purposes the Add menu groups by, in its order. */
export const purposes = ['Network', 'Files', 'Environment'] as const

/** Where an option's fields stand in the form. */
export type OptionPath = `options.${number}`

/** What the wizard knows of a type. The machinery (menu, sections, faults, drafts) reads nothing else. */
export interface OptionForm<Type extends OptionType> extends Translation<Type> {
  label: string
  plural: string
  purpose: (typeof purposes)[number]
  /** One line in the Add menu. */
  explanation: string
  icon: ComponentType<{ size?: number }>
  empty: Record<string, string>
  /** What tells one from its siblings while its section is closed; empty while nothing is filled in. */
  summary(values: OptionValues): string
  /** What makes it the same option in two versions of a form; a merge goes by it. */
  identity(values: OptionValues): string
  /** The fields that hold a secret now: left out of drafts, and worth a warning before leaving. */
  secretFields(values: OptionValues): string[]
  Fields: ComponentType<{ at: OptionPath }>
}
