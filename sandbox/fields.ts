import { isTree, type Tree } from './trees.ts'

/**
 * The shape of Kubernetes' lists and maps, as the published API has them in `x-kubernetes-list-type`,
 * `x-kubernetes-list-map-keys` and `x-kubernetes-map-type`: a list or map not named here is a plain one
 * (a list replaced whole, a map merged by key).
 */
const keysOfList: Record<string, string[]> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  volumes: ['name'],
  env: ['name'],
  imagePullSecrets: ['name'],
  schedulingGates: ['name'],
  resourceClaims: ['name'],
  claims: ['name'],
  hostAliases: ['ip'],
  podIPs: ['ip'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  conditions: ['type'],
  ownerReferences: ['uid'],
}

const wholeMaps = new Set([
  'selector',
  'nodeSelector',
  'labelSelector',
  'namespaceSelector',
  'secretKeyRef',
  'configMapKeyRef',
  'fieldRef',
  'resourceFieldRef',
  'secretRef',
  'involvedObject',
  'requiredDuringSchedulingIgnoredDuringExecution',
])

const containerLists = new Set(['containers', 'initContainers', 'ephemeralContainers'])

/** The keys of a list's items; undefined for a list that is replaced whole. `names` is the path without indices. */
export function listKeys(names: string[]): string[] | undefined {
  const name = names.at(-1) ?? ''
  const parent = names.at(-2) ?? ''
  if (name === 'ports') {
    if (containerLists.has(parent)) return ['containerPort', 'protocol']
    return parent === 'spec' ? ['port', 'protocol'] : undefined
  }
  return Object.hasOwn(keysOfList, name) ? keysOfList[name] : undefined
}

export function isSet(names: string[]): boolean {
  return names.length === 2 && names[0] === 'metadata' && names[1] === 'finalizers'
}

export function isWholeMap(names: string[]): boolean {
  return wholeMaps.has(names.at(-1) ?? '')
}

/** The path element of a list item, as `fieldsV1` writes it; throws the key that is missing. */
export function itemElement(item: unknown, keys: string[]): string {
  const named: Tree = {}
  for (const key of keys) {
    const value = isTree(item) ? (item[key] ?? (key === 'protocol' ? 'TCP' : undefined)) : undefined
    if (value === undefined) throw new MissingKey(key)
    named[key] = value
  }
  return `k:${JSON.stringify(named)}`
}

export class MissingKey extends Error {
  readonly key: string
  constructor(key: string) {
    super(key)
    this.key = key
  }
}

export class DuplicateItem extends Error {
  readonly path: string
  readonly element: string
  constructor(path: string, element: string) {
    super(element)
    this.path = path
    this.element = element
  }
}

export const separator = '\u0000'
const listItem = Symbol('the item itself')

function join(path: string, element: string): string {
  return path === '' ? element : path + separator + element
}

const serverOwned = new Set(
  ['name', 'namespace', 'generateName', 'creationTimestamp', 'deletionTimestamp', 'selfLink', 'uid']
    .concat(['deletionGracePeriodSeconds', 'generation', 'resourceVersion', 'managedFields'])
    .map((name) => `f:metadata${separator}f:${name}`)
    .concat(['f:apiVersion', 'f:kind', 'f:metadata']),
)

/**
 * Everything of an object that somebody can own: path to value, list items standing for themselves too. Throws
 * `DuplicateItem` and `MissingKey` where `isStrict`; else the last of a name counts, as for writes that are no apply.
 */
export function ownableFields(object: unknown, isStrict = false): Map<string, unknown> {
  const found = new Map<string, unknown>()
  const walk = (value: unknown, names: string[], path: string): void => {
    const keys = listKeys(names)
    if (isTree(value) && !isWholeMap(names) && Object.keys(value).length > 0) {
      for (const [name, inner] of Object.entries(value))
        if (inner !== undefined && !serverOwned.has(join(path, `f:${name}`)))
          walk(inner, [...names, name], join(path, `f:${name}`))
        else if (name === 'metadata' && names.length === 0) walk(inner, ['metadata'], 'f:metadata')
    } else if (Array.isArray(value) && value.length > 0 && keys) {
      for (const item of value) {
        const at = join(path, itemElement(item, keys))
        if (isStrict && found.has(at)) throw new DuplicateItem(path, itemElement(item, keys))
        found.set(at, listItem)
        for (const [name, inner] of Object.entries(item as Tree))
          walk(inner, [...names, name], join(at, `f:${name}`))
      }
    } else if (Array.isArray(value) && value.length > 0 && isSet(names)) {
      for (const item of value) found.set(join(path, `v:${JSON.stringify(item)}`), item)
    } else if (path !== 'f:metadata' && path !== '') found.set(path, value)
  }
  walk(object, [], '')
  return found
}

/** `applied` laid over `live`: maps by key, keyed lists by item, all else replaced. */
export function mergeFields(live: unknown, applied: unknown, names: string[] = []): unknown {
  if (isTree(live) && isTree(applied) && !isWholeMap(names)) {
    const merged: Tree = { ...live }
    for (const [name, value] of Object.entries(applied))
      merged[name] = mergeFields(live[name], value, [...names, name])
    return merged
  }
  if (!Array.isArray(live) || !Array.isArray(applied)) return applied
  if (isSet(names)) return [...live, ...applied.filter((item) => !live.includes(item))]
  const keys = listKeys(names)
  if (!keys) return applied
  // The order is the applier's, with what only others have left where it stood behind its predecessor.
  const byKey = new Map(live.map((item) => [itemElement(item, keys), item]))
  const appliedKeys = applied.map((item) => itemElement(item, keys))
  const merged = applied.map((item, index) => mergeFields(byKey.get(appliedKeys[index] ?? ''), item, names))
  return [...merged, ...live.filter((item) => !appliedKeys.includes(itemElement(item, keys)))]
}

/** The object without the thing at `path`, and without maps and lists that are empty because of it. */
export function removeField(value: unknown, path: string[], names: string[] = []): unknown {
  const [element = '', ...rest] = path
  const name = element.slice(2)
  if (isTree(value) && element.startsWith('f:')) {
    if (!Object.hasOwn(value, name)) return value
    const { [name]: inner, ...others } = value
    const left = rest.length === 0 ? undefined : removeField(inner, rest, [...names, name])
    if (left !== undefined) return { ...value, [name]: left }
    return Object.keys(others).length > 0 || names.length === 0 ? others : undefined
  }
  if (!Array.isArray(value)) return value
  const keys = listKeys(names)
  const matches = (item: unknown): boolean =>
    keys ? itemElement(item, keys) === element : `v:${JSON.stringify(item)}` === element
  const left = value.flatMap((item: unknown) => {
    if (!matches(item)) return [item]
    const kept = rest.length === 0 ? undefined : removeField(item, rest, names)
    return kept === undefined ? [] : [kept]
  })
  return left.length > 0 ? left : undefined
}

/** `.spec.template.spec.containers[name="main"].image`, as messages write a path. */
export function printPath(path: string): string {
  return path
    .split(separator)
    .map((element) => {
      if (element.startsWith('f:')) return `.${element.slice(2)}`
      if (element.startsWith('v:')) return `[=${element.slice(2)}]`
      const keys = JSON.parse(element.slice(2)) as Tree
      return `[${Object.entries(keys)
        .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
        .join(',')}]`
    })
    .join('')
}

export function writeFieldsV1(paths: Iterable<string>): Tree {
  const root: Tree = {}
  for (const path of paths) {
    let at = root
    for (const element of path.split(separator)) at = (at[element] ??= {}) as Tree
    at['.'] = {}
  }
  const tidy = (tree: Tree): Tree => {
    const names = Object.keys(tree)
    if (names.length === 1 && names[0] === '.') return {}
    return Object.fromEntries(
      names.sort().map((name) => [name, name === '.' ? {} : tidy(tree[name] as Tree)]),
    )
  }
  return tidy(root)
}

export function readFieldsV1(tree: Tree): Set<string> {
  const found = new Set<string>()
  const walk = (at: Tree, path: string): void => {
    const names = Object.keys(at)
    if (path !== '' && (names.length === 0 || names.includes('.'))) found.add(path)
    for (const name of names) if (name !== '.') walk(at[name] as Tree, join(path, name))
  }
  walk(tree, '')
  return found
}
