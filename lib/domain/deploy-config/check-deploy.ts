import { z } from 'zod'
import type { Fault } from '../errors.ts'
import { nameRules, quote } from '../kubernetes-names.ts'
import { checkConfig } from './check-config.ts'
import type { DeployInput } from './config.ts'
import { checkSchema, showGiven } from './faults-of-schema.ts'
import { jsonLength } from '../json-size.ts'
import { nameField, ruledText } from '../ruled-text.ts'
import { wholeNumber } from './fields.ts'

export const configItemLimit = 500
export const configLimitBytes = 4 * 1024 * 1024

/** 45, so that every generated name is legal. */
const installationNameLimit = 45

export const InstallationName = ruledText('installationName', (name) => {
  if (name === '') return 'An installation needs a name.'
  if (name === 'new') return "'new' cannot be an installation name: it is an address of the console."
  if (name.length > installationNameLimit) {
    return `An installation name has at most ${installationNameLimit} characters, and this one has ${name.length}.`
  }
  if (/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) return undefined
  return `${quote(name)} must hold only lower-case letters, digits and '-', begin with a letter and not end with '-'.`
})

export const K8sNamespace = nameField(nameRules.dns1123Label)

const DeployData = z.strictObject({
  name: InstallationName,
  k8sNamespace: K8sNamespace,
  config: z.array(z.unknown()),
  revision: wholeNumber('revision', 0, 2_147_483_647).optional(),
})

export type CheckedDeploy = { ok: true; input: DeployInput } | { ok: false; faults: Fault[] }

/**
 * A deploy command's `data`, checked against every rule of section 4 of the contract that needs no database: all
 * faults at once. Too many items or bytes are refused before anything else is looked at.
 */
export function checkDeploy(data: unknown, context: { ingressDefaultNode: string }): CheckedDeploy {
  const given = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>
  const tooLarge = checkCount(given['config']) ?? checkBytes(given['config'])
  if (tooLarge) return refuse([tooLarge])

  const faults = checkSchema(DeployData, data, 'a deployment')
  if (Array.isArray(given['config'])) {
    const installationName = typeof given['name'] === 'string' ? given['name'] : undefined
    for (const fault of checkConfig(given['config'], { ...context, installationName })) {
      faults.push({ ...fault, path: ['config', ...fault.path] })
    }
  }
  if (faults.length > 0) return refuse(faults)
  const input = withoutAbsent(data) as DeployInput
  return { ok: true, input: { ...input, config: input.config.map(withoutAbsent) } }
}

const refuse = (faults: Fault[]): CheckedDeploy => ({ ok: false, faults })

function checkCount(config: unknown): Fault | undefined {
  if (!Array.isArray(config) || config.length <= configItemLimit) return undefined
  const message = `A config has at most ${configItemLimit} items, and this one has ${config.length}.`
  return { path: ['config'], rule: 'configItems', message, ...showGiven(config.length) }
}

function checkBytes(config: unknown): Fault | undefined {
  const bytes = jsonLength(config)
  if (bytes <= configLimitBytes) return undefined
  const message = `A config has at most ${configLimitBytes} bytes as JSON, and this one has ${bytes}.`
  return { path: ['config'], rule: 'configSize', message, ...showGiven(bytes) }
}

/** A form has properties that are there but undefined; what is stored has none. */
function withoutAbsent<Given>(given: Given): Given {
  return Object.fromEntries(
    Object.entries(given as object).filter(([, value]) => value !== undefined),
  ) as Given
}
