import type { Fault, FaultPath } from '../errors.ts'

const maximumDepth = 32
const faultsShown = 20

interface Step {
  value: unknown
  path: FaultPath
}

/**
 * What no config can hold, whatever its type: text that PostgreSQL and Kubernetes cannot store, and nesting that
 * would exhaust the stack. It walks without recursion, because nothing was checked before it.
 */
export function checkStorable(data: unknown): { tooDeep?: Fault; faults: Fault[] } {
  const faults: Fault[] = []
  const steps: Step[] = [{ value: data, path: [] }]
  for (let step = steps.pop(); step && faults.length < faultsShown; step = steps.pop()) {
    const { value, path } = step
    if (typeof value === 'string') faults.push(...checkText(value, path))
    if (typeof value !== 'object' || value === null) continue
    if (path.length >= maximumDepth) {
      const message = `The data is nested more than ${maximumDepth} levels deep.`
      return { tooDeep: { path: path.slice(0, 3), rule: 'depth', message }, faults }
    }
    const isList = Array.isArray(value)
    for (const [key, inner] of Object.entries(value)) {
      steps.push({ value: inner, path: [...path, isList ? Number(key) : key] })
    }
  }
  return { faults }
}

/** The text itself is never shown: it may be secret, and cannot be shown. */
function checkText(text: string, path: FaultPath): Fault[] {
  if (text.includes('\0')) {
    return [{ path, rule: 'noNul', message: 'The text holds a NUL character, which cannot be stored.' }]
  }
  if (!text.isWellFormed()) {
    return [
      { path, rule: 'unicode', message: 'The text holds half a Unicode character, which cannot be stored.' },
    ]
  }
  return []
}
