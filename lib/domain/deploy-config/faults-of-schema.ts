import { z } from 'zod'
import type { Fault } from '../errors.ts'
import { quote } from '../kubernetes-names.ts'

const unknownPropertiesShown = 20
/** Many more than anything has: listing each would take longer than the rest of the check. */
const propertyLimit = 200
const givenCharactersShown = 200

const kindOfExpected: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

/** What a schema refuses in `given`, which messages call `noun`; paths begin at it. */
export function checkSchema(schema: z.ZodType, given: unknown, noun: string): Fault[] {
  const count = typeof given === 'object' && given !== null ? Object.keys(given).length : 0
  if (count > propertyLimit) {
    const message = `It has ${count} properties, and ${noun} has only a few.`
    return [{ path: [], rule: 'knownProperty', message }]
  }
  const parsed = schema.safeParse(given)
  if (parsed.success) return []
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
  return faultsOfIssues(parsed.error, given, noun, known)
}

/**
 * Rules of ours travel in an issue's `params.rule`; the rest is what JSON itself can get wrong: a missing, unknown or
 * mistyped property.
 */
function faultsOfIssues(error: z.ZodError, given: unknown, noun: string, known: string[]): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
    const property = path.at(-1)
    const name = property === undefined ? noun : `'${property}'`
    const value = valueAt(given, path)
    switch (issue.code) {
      case 'custom': {
        const rule = typeof issue.params?.['rule'] === 'string' ? issue.params['rule'] : 'invalid'
        return [{ path, rule, message: issue.message, ...showGiven(value) }]
      }
      case 'unrecognized_keys': {
        const properties = known.join(', ')
        return issue.keys.slice(0, unknownPropertiesShown).map((key) => ({
          path: [...path, key],
          rule: 'knownProperty',
          message: `${quote(key)} is no property of ${noun}; it has ${properties}.`,
        }))
      }
      case 'invalid_value': {
        if (value === undefined) return [missing(path, name)]
        const allowed = issue.values.map((allowed) => `'${String(allowed)}'`).join(', ')
        return [{ path, rule: 'oneOf', message: `${name} must be one of ${allowed}.`, ...showGiven(value) }]
      }
      case 'invalid_type': {
        if (value === undefined) return [missing(path, name)]
        const kind = kindOfExpected[issue.expected] ?? issue.expected
        return [{ path, rule: 'type', message: `${name} must be ${kind}.`, ...showGiven(value) }]
      }
      case 'invalid_union':
        return [{ path, rule: 'type', message: `${name} must be text.`, ...showGiven(value) }]
      default:
        return [
          { path, rule: 'invalid', message: `${name} is refused: ${issue.message}.`, ...showGiven(value) },
        ]
    }
  })
}

function missing(path: (string | number)[], name: string): Fault {
  return { path, rule: 'required', message: `${name} is required.` }
}

export function valueAt(given: unknown, path: Fault['path']): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    given,
  )
}

/** What was given, for the fault about it: long text is cut, objects are left out, since they may hold secrets. */
export function showGiven(value: unknown): { given?: unknown } {
  if (typeof value === 'string') {
    return { given: value.length > givenCharactersShown ? `${value.slice(0, givenCharactersShown)}…` : value }
  }
  return value === null || typeof value === 'number' || typeof value === 'boolean' ? { given: value } : {}
}
