import type { z } from 'zod'
import { invalid, type Fault } from '#lib/domain/errors.ts'

/** Parses what a caller gave; throws every fault at once, each with its path, rule and the value given. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
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
      return [
        {
          path,
          rule: given === undefined ? 'required' : issue.code,
          message: given === undefined ? `"${path.join('.')}" is required` : issue.message,
          given,
        },
      ]
    }),
  )
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
