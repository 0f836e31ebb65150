import type { z } from 'zod'
import { invalid, type Fault } from '#lib/domain/errors.ts'

/**
 * Parses what a caller gave; throws every fault at once, each with its path, rule and the value given, which is left
 * out for the properties that `secretPaths` names.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  { secretPaths = [] }: { secretPaths?: readonly string[] } = {},
): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw invalid(
    parsed.error.issues.flatMap((issue): Fault[] => {
      const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
      if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) => ({
          path: [...path, key],
          rule: 'knownProperty',
          message: `"${key}" is not a property that can be given`,
          given: key,
        }))
      }
      const given = valueAt(input, path)
      const isSecret = path.length === 0 ? secretPaths.length > 0 : secretPaths.includes(String(path[0]))
      return [
        {
          path,
          rule: given === undefined ? 'required' : ruleOf(issue),
          message: given === undefined ? `"${path.join('.')}" is required` : issue.message,
          ...(isSecret ? {} : { given }),
        },
      ]
    }),
  )
}

/** Rules of ours travel in an issue's `params` (lib/domain/ruled-text.ts); the others are zod's own. */
function ruleOf(issue: z.core.$ZodIssue): string {
  const rule: unknown = issue.code === 'custom' ? issue.params?.['rule'] : undefined
  return typeof rule === 'string' ? rule : issue.code
}

function valueAt(input: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    input,
  )
}
