import type { Fault } from '../errors.ts'
import { quote } from '../kubernetes-names.ts'
import { isItemType, itemTypes, rulesOf, type ConfigItem, type ItemType } from './config.ts'
import { checkSchema, showGiven } from './faults-of-schema.ts'
import type { CheckContext, Given, ItemFault } from './item-type.ts'

export interface TypedItem {
  type: ItemType
  index: number
  given: Given
}

/** Every fault of one item by itself, for a form that checks while somebody types; paths begin at the item. */
export function checkItem(item: unknown, context: CheckContext): Fault[] {
  const typed = typeItem(item, 0)
  if ('fault' in typed) return [typed.fault]
  const rules = rulesOf(typed.type)
  return hideSecrets(typed, [
    ...schemaFaults(typed),
    ...(rules.check?.(typed.given, context) ?? []).map((fault) => placeFault(fault, typed.given)),
    ...(rules.checkDeployed?.(typed.given) ?? []).map((fault) => placeFault(fault, typed.given)),
  ])
}

/** Every fault of a config: of each item, and of items together. Paths begin at the config. */
export function checkConfig(items: readonly unknown[], context: CheckContext): Fault[] {
  const faults: Fault[][] = items.map((item) => checkItem(item, context))
  const typed = items.map(typeItem).filter((item): item is TypedItem => !('fault' in item))
  const typedAt = new Map(typed.map((item) => [item.index, item]))
  const add = ({ index, ...fault }: ItemFault & { index: number }) => {
    const item = typedAt.get(index)
    if (item) faults[index]?.push(...hideSecrets(item, [placeFault(fault, item.given)]))
  }
  for (const fault of duplicateClaims(typed, context)) add(fault)
  for (const [type, rules] of Object.entries(itemTypes) as [ItemType, ReturnType<typeof rulesOf>][]) {
    const ofType = typed.filter((item) => item.type === type)
    for (const fault of rules.checkTogether?.(ofType) ?? []) add(fault)
    for (const fault of rules.checkSizes?.(ofType, () => 0) ?? []) add(fault)
    if (rules.occurs !== 'exactlyOnce') continue
    const [, ...more] = ofType
    const message = `A config has exactly one item of type '${type}', and there are ${ofType.length}.`
    for (const { index } of more) add({ index, property: 'type', rule: 'exactlyOne', message })
    if (ofType.length === 0) {
      const message = `A config needs exactly one item of type '${type}', and there is none.`
      faults.push([{ path: [], rule: 'exactlyOne', message }])
    }
  }
  return faults.flatMap((ofItem, index) =>
    index < items.length ? ofItem.map((fault) => ({ ...fault, path: [index, ...fault.path] })) : ofItem,
  )
}

/**
 * The limits of what a config holds, once it is known what lies outside of it: library content and stored secrets,
 * in bytes by index. Paths are those of `checkDeploy`.
 */
export function checkStoredSizes(
  config: readonly ConfigItem[],
  storedBytes: (index: number) => number,
): Fault[] {
  const placed = config.map((given, index) => ({ type: given.type, index, given: { ...given } }))
  return (Object.keys(itemTypes) as ItemType[]).flatMap((type) => {
    const ofType = placed.filter((item) => item.type === type)
    const faults = rulesOf(type).checkSizes?.(ofType, storedBytes) ?? []
    return faults.map(({ index, property = 'type', rule, message }) => ({
      path: ['config', index, property],
      rule,
      message,
    }))
  })
}

/** An item as a worker is given it: from a revision that was checked when it was accepted, pins included. */
export function parseItem(item: unknown): { ok: true; item: ConfigItem } | { ok: false; faults: Fault[] } {
  const typed = typeItem(item, 0)
  if ('fault' in typed) return { ok: false, faults: [typed.fault] }
  const check = rulesOf(typed.type).check?.(typed.given, { ingressDefaultNode: '' }) ?? []
  const faults = hideSecrets(typed, [
    ...schemaFaults(typed),
    ...check.map((fault) => placeFault(fault, typed.given)),
  ])
  return faults.length === 0 ? { ok: true, item: typed.given as ConfigItem } : { ok: false, faults }
}

function typeItem(given: unknown, index: number): TypedItem | { fault: Fault } {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return {
      fault: { path: [], rule: 'type', message: 'A config item must be an object.', ...showGiven(given) },
    }
  }
  const { type } = given as Given
  if (isItemType(type)) return { type, index, given: given as Given }
  const known = Object.keys(itemTypes).join(', ')
  const message =
    typeof type === 'string'
      ? `${quote(type)} is no type of configuration item; the types are ${known}.`
      : `A configuration item needs a 'type': one of ${known}.`
  const rule = type === undefined ? 'required' : 'knownType'
  return { fault: { path: ['type'], rule, message, ...showGiven(type) } }
}

const schemaFaults = ({ type, given }: TypedItem): Fault[] =>
  checkSchema(rulesOf(type).schema, given, `an item of type '${type}'`)

function* duplicateClaims(items: readonly TypedItem[], context: CheckContext) {
  const holders = new Map<string, string | undefined>()
  for (const { type, index, given } of items) {
    for (const { key, value, ...fault } of rulesOf(type).claims?.(given, context) ?? []) {
      if (!holders.has(key)) holders.set(key, value)
      else if (value === undefined || holders.get(key) !== value) yield { index, ...fault }
    }
  }
}

function placeFault({ property, rule, message }: ItemFault, given: Given): Fault {
  if (property === undefined) return { path: [], rule, message }
  return { path: [property], rule, message, ...showGiven(given[property]) }
}

/** Leaves out what was given where it is secret. */
function hideSecrets({ type, given }: TypedItem, faults: Fault[]): Fault[] {
  const secret = new Set<unknown>(rulesOf(type).secretProperties?.(given))
  return faults.map(({ given: shown, ...fault }) =>
    shown === undefined || secret.has(fault.path[0]) ? fault : { ...fault, given: shown },
  )
}
