import { fieldManager, type KubernetesObject } from '#lib/domain/kubernetes-object.ts'

interface ManagedFields {
  manager?: string
  operation?: string
  subresource?: string
  fieldsV1?: Record<string, unknown>
}

/**
 * The part of a live object that this worker applied, as the API server itself keeps account of it: what to send again
 * to change one field and leave the rest, and what to compare a new manifest with. The format is Kubernetes' `fieldsV1`:
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function readOwnedFields(live: KubernetesObject): Record<string, unknown> {
  const accounts = (live.metadata.managedFields ?? []) as ManagedFields[]
  const ours = accounts.find(
    (account) => account.manager === fieldManager && account.operation === 'Apply' && !account.subresource,
  )
  return (pick(ours?.fieldsV1 ?? { '.': {} }, live) ?? {}) as Record<string, unknown>
}

function pick(fields: Record<string, unknown>, value: unknown): unknown {
  const names = Object.keys(fields).filter((name) => name !== '.')
  if (names.length === 0) {
    // A leaf, or a list or map that is owned as a whole; with a dot only the map itself is ours.
    return '.' in fields && typeof value === 'object' && value !== null && !Array.isArray(value) ? {} : value
  }
  if (Array.isArray(value)) return pickItems(fields, value)
  if (typeof value !== 'object' || value === null) return value
  const owned: Record<string, unknown> = {}
  for (const name of names) {
    const field = name.slice(2)
    if (!name.startsWith('f:') || !Object.hasOwn(value, field)) continue
    owned[field] = pick(fields[name] as Record<string, unknown>, (value as Record<string, unknown>)[field])
  }
  return owned
}

/** `k:{"name":"main"}` names an item of a list by its keys, `v:"x"` one of a set by its value. */
function pickItems(fields: Record<string, unknown>, items: unknown[]): unknown[] {
  const owned: unknown[] = []
  for (const item of items) {
    for (const [name, inner] of Object.entries(fields)) {
      if (name.startsWith('v:') && same(JSON.parse(name.slice(2)), item)) owned.push(item)
      if (!name.startsWith('k:')) continue
      const keys = JSON.parse(name.slice(2)) as Record<string, unknown>
      const candidate = item as Record<string, unknown>
      if (!Object.entries(keys).every(([key, value]) => same(candidate[key], value))) continue
      const onlyItself = Object.keys(inner as object).every((field) => field === '.')
      owned.push(onlyItself ? keys : pick(inner as Record<string, unknown>, item))
    }
  }
  return owned
}

/** Deep equality of JSON; the order of keys does not count, that of lists does. */
export function same(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) !== Array.isArray(right)) return false
  const names = Object.keys(left).filter((name) => (left as Record<string, unknown>)[name] !== undefined)
  const others = Object.keys(right).filter((name) => (right as Record<string, unknown>)[name] !== undefined)
  return (
    names.length === others.length &&
    names.every(
      (name) =>
        Object.hasOwn(right, name) &&
        same((left as Record<string, unknown>)[name], (right as Record<string, unknown>)[name]),
    )
  )
}
