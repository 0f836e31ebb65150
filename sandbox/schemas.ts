import type { Kind } from './kinds.ts'
import { invalidValue, requiredValue, type Cause } from './status-errors.ts'
import { isTree } from './trees.ts'

interface SchemaFault {
  instancePath: string
  keyword: string
  params: { missingProperty?: string; allowedValues?: unknown[]; type?: string; format?: string }
}

export interface SchemaFindings {
  /** Paths the schema does not know, as `spec.template.spec.foo`. */
  unknown: string[]
  /** Values of a wrong type: refused before the object is even read. */
  mistyped: { path: string; wanted: string; given: unknown }[]
  /** What validation answers with 422. */
  causes: Cause[]
}

/**
 * Checks an object against Kubernetes' published schema. kubernetes-models ships the schemas as compiled
 * validators that accept unknown fields, so the validator is handed a recording view of the object: a field it
 * never asked for, of an object whose fields it did ask for, is one the schema does not have. Such fields are
 * taken out of the object, as the API server's decoder drops them.
 */
export function checkSchema(kind: Kind, object: unknown): SchemaFindings {
  const asked = new Map<object, Set<string>>()
  const isFree = new Set<object>()
  const faults = runValidator(kind, watchReads(object, asked, isFree))
  const unknown: string[] = []
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) value.forEach((item, index) => walk(item, `${path}[${index}]`))
    if (!isTree(value)) return
    const known = asked.get(value)
    for (const [name, inner] of Object.entries(value)) {
      const at = path ? `${path}.${name}` : name
      if (known && !isFree.has(value) && !known.has(name)) {
        unknown.push(at)
        delete value[name]
      } else if (at !== 'metadata.managedFields') walk(inner, at)
    }
  }
  walk(object, '')
  const findings: SchemaFindings = { unknown, mistyped: [], causes: [] }
  for (const fault of faults) sortFault(fault, object, findings)
  return findings
}

function watchReads(value: unknown, asked: Map<object, Set<string>>, isFree: Set<object>): unknown {
  if (Array.isArray(value)) return value.map((item) => watchReads(item, asked, isFree))
  if (!isTree(value)) return value
  const views = new Map(
    Object.entries(value).map(([name, inner]) => [name, watchReads(inner, asked, isFree)]),
  )
  return new Proxy(value, {
    get(target, name) {
      if (typeof name !== 'string') return undefined
      const names = asked.get(target) ?? new Set()
      asked.set(target, names.add(name))
      return views.get(name)
    },
    ownKeys(target) {
      isFree.add(target)
      return Reflect.ownKeys(target)
    },
  })
}

function runValidator(kind: Kind, view: unknown): SchemaFault[] {
  try {
    kind.schema.prototype.validate.call(view)
    return []
  } catch (error) {
    if (error instanceof Error && 'errors' in error) return error.errors as SchemaFault[]
    throw error
  }
}

function sortFault(fault: SchemaFault, object: unknown, findings: SchemaFindings): void {
  let path = ''
  let given = object
  for (const part of fault.instancePath.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    path += Array.isArray(given) ? `[${name}]` : path ? `.${name}` : name
    given = Array.isArray(given) ? (given[Number(name)] as unknown) : isTree(given) ? given[name] : undefined
  }
  const { missingProperty, allowedValues, type, format } = fault.params
  if (missingProperty)
    findings.causes.push(requiredValue(path ? `${path}.${missingProperty}` : missingProperty))
  else if (allowedValues) {
    if (findings.mistyped.some((other) => other.path === path)) return
    const supported = allowedValues.map((value) => JSON.stringify(value)).join(', ')
    const message = `Unsupported value: ${JSON.stringify(given)}: supported values: ${supported}`
    findings.causes.push({ reason: 'FieldValueNotSupported', message, field: path })
  } else if (fault.keyword === 'format' && format !== 'quantity')
    findings.causes.push(invalidValue(path, given, `must be a valid ${format}`))
  else if (!findings.mistyped.some((other) => other.path === path))
    findings.mistyped.push({ path, wanted: type ?? format ?? 'value', given })
}
