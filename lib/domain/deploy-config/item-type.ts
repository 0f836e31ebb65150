import type { z } from 'zod'

/** One item as it was given: nothing is known of its properties. */
export type Given = Readonly<Record<string, unknown>>

export interface CheckContext {
  /** Of the cluster that is deployed to: the host of inbound ports that name none. */
  ingressDefaultNode: string
  /** Absent while a form has no name yet. */
  installationName?: string
}

/** A broken rule of one item; `property` absent means the item as a whole. */
export interface ItemFault {
  property?: string
  rule: string
  message: string
}

/** Something that only one item of a config can have. The second item to claim a key is at fault. */
export interface Claim {
  key: string
  /** Items whose `value` is equal may share the key. */
  value?: string
  property: string
  rule: string
  message: string
}

export interface PlacedItem {
  index: number
  given: Given
}

/**
 * All rules of one configuration type. What is checked beyond the schema reads the item as it was given, so that a
 * wrong property hides no other fault.
 */
export interface ItemTypeRules<Schema extends z.ZodType = z.ZodType> {
  schema: Schema
  occurs?: 'exactlyOnce'
  /** Rules between the properties of one item. */
  check?(given: Given, context: CheckContext): ItemFault[]
  /** Rules that hold for what a caller deploys, not for what a worker is given. */
  checkDeployed?(given: Given): ItemFault[]
  claims?(given: Given, context: CheckContext): Claim[]
  /** Limits of what items hold in all; `storedBytes` is what the one at an index holds outside the config. */
  checkSizes?(
    items: readonly PlacedItem[],
    storedBytes: (index: number) => number,
  ): (ItemFault & { index: number })[]
  /** Rules between items of this type that a claim cannot say. */
  checkTogether?(items: readonly PlacedItem[]): (ItemFault & { index: number })[]
  /** Properties whose values are secret in this item: encrypted when stored, left out of every fault. */
  secretProperties?(given: Given): string[]
}

export const isGiven = (given: Given, property: string) => given[property] !== undefined

/** The property when it is text; a wrong type is the schema's fault to report. */
export function textOf(given: Given, property: string): string | undefined {
  const value = given[property]
  return typeof value === 'string' ? value : undefined
}

/** Faults of properties that cannot stand beside `beside`. */
export function exclusiveFaults(
  given: Given,
  properties: readonly string[],
  beside: string,
  because: string,
): ItemFault[] {
  return properties
    .filter((property) => isGiven(given, property))
    .map((property) => ({
      property,
      rule: 'mutuallyExclusive',
      message: `'${property}' cannot stand beside '${beside}': ${because}.`,
    }))
}

export function requiredFault(property: string, because: string): ItemFault {
  return { property, rule: 'required', message: `'${property}' is required ${because}.` }
}
