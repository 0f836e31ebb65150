import { z } from 'zod'
import { nameRules, quote } from '../../kubernetes-names.ts'
import { utf8Length } from '../../json-size.ts'
import { nameField, StorableText } from '../../ruled-text.ts'
import { contentLimitBytes } from '../fields.ts'
import {
  exclusiveFaults,
  isGiven,
  requiredFault,
  textOf,
  type Given,
  type ItemFault,
  type ItemTypeRules,
} from '../item-type.ts'
import { SecretReference } from '../secret-reference.ts'

export const EnvironmentVariableItem = z.strictObject({
  type: z.literal('environmentVariable'),
  name: nameField(nameRules.environmentVariableName),
  value: z.union([StorableText, SecretReference]).optional(),
  asSecret: z.boolean().optional(),
  secretName: nameField(nameRules.dns1123Subdomain).optional(),
  key: nameField(nameRules.configMapKey).optional(),
})
export type EnvironmentVariableItem = z.infer<typeof EnvironmentVariableItem>

const namespaceSecret = /^@secrets\(([^()]*)\)$/

/** `\@secrets(…)` stands for the text without the backslash; every other value for itself. */
export function literalValue(value: string): string {
  return value.startsWith('\\') && namespaceSecret.test(value.slice(1)) ? value.slice(1) : value
}

// Anything but a clear "no" counts: a value meant as secret must not be shown because "true" was typed as text.
const isSecret = (given: Given) =>
  (isGiven(given, 'asSecret') && given['asSecret'] !== false) || typeof given['value'] === 'object'

export const environmentVariableRules: ItemTypeRules<typeof EnvironmentVariableItem> = {
  schema: EnvironmentVariableItem,

  check(given) {
    if (!isGiven(given, 'secretName') && !isGiven(given, 'key')) {
      if (!isGiven(given, 'value')) {
        return [requiredFault('value', "unless 'secretName' and 'key' name an existing Secret")]
      }
      return typeof given['value'] === 'object' && given['asSecret'] !== true ? [referenceFault] : []
    }
    const because = 'a variable has a value of its own or takes one from an existing Secret'
    const beside = isGiven(given, 'secretName') ? 'secretName' : 'key'
    const faults = exclusiveFaults(given, ['value', 'asSecret'], beside, because)
    if (!isGiven(given, 'secretName')) faults.push(requiredFault('secretName', "beside 'key'"))
    if (!isGiven(given, 'key')) faults.push(requiredFault('key', "beside 'secretName'"))
    return faults
  },

  checkDeployed(given) {
    const name = namespaceSecret.exec(textOf(given, 'value') ?? '')?.[1]
    if (name === undefined) return []
    const message = `There is no secret ${quote(name)} in this namespace; for the text itself write '\\@secrets(…)'.`
    return [{ property: 'value', rule: 'secretExists', message }]
  },

  claims(given) {
    const name = textOf(given, 'name')
    if (name === undefined) return []
    const message = `The variable ${quote(name)} is given twice.`
    return [{ key: `variable ${name}`, property: 'name', rule: 'duplicateVariable', message }]
  },

  /** Secret values share one Secret; plain ones are part of one StatefulSet, which etcd would refuse when larger. */
  checkSizes(items, storedBytes) {
    const totals = { secret: 0, plain: 0 }
    return items.flatMap(({ index, given }): (ItemFault & { index: number })[] => {
      const kind = isSecret(given) ? 'secret' : 'plain'
      const before = totals[kind]
      totals[kind] += utf8Length(textOf(given, 'value') ?? '') + storedBytes(index)
      if (before > contentLimitBytes || totals[kind] <= contentLimitBytes) return []
      const message = `The ${kind} variables have ${totals[kind]} bytes up to here, more than ${contentLimitBytes} in all.`
      return [{ index, property: 'value', rule: 'variablesSize', message }]
    })
  },

  secretProperties: (given) => (isSecret(given) ? ['value'] : []),
}

const referenceFault: ItemFault = {
  property: 'value',
  rule: 'secretReference',
  message: "A reference to a secret value needs 'asSecret': give the value again, or set 'asSecret'.",
}
