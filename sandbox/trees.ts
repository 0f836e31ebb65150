/** Plain JSON trees, as they come off the wire. */
export type Tree = Record<string, unknown>

export interface Metadata {
  name: string
  namespace?: string
  generateName?: string
  uid?: string
  resourceVersion?: string
  generation?: number
  creationTimestamp?: string
  deletionTimestamp?: string
  deletionGracePeriodSeconds?: number
  labels?: Record<string, string>
  annotations?: Record<string, string>
  finalizers?: string[]
  ownerReferences?: OwnerReference[]
  managedFields?: ManagedFieldsEntry[]
}

export interface OwnerReference {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

export interface ManagedFieldsEntry {
  manager: string
  operation: 'Apply' | 'Update'
  apiVersion: string
  time?: string
  fieldsType: 'FieldsV1'
  fieldsV1: Tree
  subresource?: string
}

/** What every stored thing is; the controllers read it as a type of kubernetes-types. */
export interface KubeObject {
  apiVersion: string
  kind: string
  metadata: Metadata
  [rest: string]: unknown
}

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function treeAt(value: unknown, ...names: string[]): Tree {
  let at: unknown = value
  for (const name of names) at = isTree(at) ? at[name] : undefined
  return isTree(at) ? at : {}
}

export function sameTree(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => sameTree(item, other[index]))
  if (!isTree(one) || !isTree(other)) return false
  const names = Object.keys(one).filter((name) => one[name] !== undefined)
  return (
    names.length === Object.keys(other).filter((name) => other[name] !== undefined).length &&
    names.every((name) => sameTree(one[name], other[name]))
  )
}

/** A copy without nulls: the API server reads a null as a field that is not there. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isTree(value)) return value
  const kept: Tree = {}
  for (const [name, inner] of Object.entries(value)) if (inner !== null) kept[name] = withoutNulls(inner)
  return kept
}

/** Maps that Kubernetes does not store when they are empty; other empty maps mean something, as `emptyDir: {}`. */
const plainMaps = new Set([
  'labels',
  'annotations',
  'data',
  'binaryData',
  'matchLabels',
  'nodeSelector',
  'limits',
  'requests',
])
const keptLists = new Set([
  'containers',
  'nodeSelectorTerms',
  'preferredDuringSchedulingIgnoredDuringExecution',
])

/** What is stored of an object: nothing undefined, and no empty list or plain map. */
export function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy)
  if (!isTree(value)) return value
  const kept: Tree = {}
  for (const [name, inner] of Object.entries(value)) {
    const isEmptyList = Array.isArray(inner) && inner.length === 0 && !keptLists.has(name)
    const isEmptyMap = plainMaps.has(name) && isTree(inner) && Object.keys(inner).length === 0
    if (inner !== undefined && !isEmptyList && !isEmptyMap) kept[name] = tidy(inner)
  }
  return kept
}
