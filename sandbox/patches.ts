import { listKeys } from './fields.ts'
import { badRequest, StatusError } from './status-errors.ts'
import { isTree, sameTree, type Tree } from './trees.ts'

/** RFC 7386. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isTree(patch)) return patch
  const merged: Tree = isTree(target) ? { ...target } : {}
  for (const [name, value] of Object.entries(patch))
    if (value === null) delete merged[name]
    else merged[name] = mergePatch(merged[name], value)
  return merged
}

/** Kubernetes' strategic merge: keyed lists merge by their first key, `$patch` replaces or deletes. */
export function strategicPatch(target: unknown, patch: unknown, names: string[] = []): unknown {
  if (Array.isArray(patch)) {
    const key = listKeys(names)?.[0]
    if (!key && names.at(-1) !== 'finalizers') return patch
    const existing: unknown[] = Array.isArray(target) ? target : []
    if (!key) return [...new Set([...existing, ...(patch as unknown[])])]
    if (patch.some((item) => isTree(item) && item.$patch === 'replace'))
      return patch.filter((item) => !(isTree(item) && item.$patch === 'replace'))
    let merged = [...existing]
    for (const item of patch as Tree[]) {
      const at = merged.findIndex((other) => isTree(other) && other[key] === item[key])
      if (item.$patch === 'delete') merged = merged.filter((_, index) => index !== at)
      else if (at === -1) merged.push(strategicPatch({}, item, names))
      else merged[at] = strategicPatch(merged[at], item, names)
    }
    return merged
  }
  if (!isTree(patch)) return patch
  if (patch.$patch === 'delete') return undefined
  const merged: Tree = isTree(target) && patch.$patch !== 'replace' ? { ...target } : {}
  if (Array.isArray(patch.$retainKeys))
    for (const name of Object.keys(merged)) if (!patch.$retainKeys.includes(name)) delete merged[name]
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith('$deleteFromPrimitiveList/')) {
      const list = name.slice('$deleteFromPrimitiveList/'.length)
      const gone = value as unknown[]
      if (Array.isArray(merged[list])) merged[list] = merged[list].filter((item) => !gone.includes(item))
    } else if (name.startsWith('$')) continue
    else if (value === null) delete merged[name]
    else {
      const inner = strategicPatch(merged[name], value, [...names, name])
      if (inner === undefined) delete merged[name]
      else merged[name] = inner
    }
  }
  return merged
}

/** RFC 6902. */
export function jsonPatch(target: unknown, operations: unknown): unknown {
  if (!Array.isArray(operations))
    throw badRequest(
      'error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch',
    )
  let root = structuredClone(target)
  for (const { op, path, from, value } of operations as {
    op: string
    path: string
    from?: string
    value?: unknown
  }[]) {
    if (op === 'test') {
      if (!sameTree(reach(root, path), value))
        throw new StatusError(
          422,
          'Invalid',
          `the server rejected our request due to an error in our request: testing value ${path} failed`,
        )
    } else if (op === 'remove') root = change(root, path, undefined, 'remove')
    else if (op === 'add' || op === 'replace') root = change(root, path, value, op)
    else if (op === 'copy' || op === 'move') {
      const moved = reach(root, from ?? '')
      if (op === 'move') root = change(root, from ?? '', undefined, 'remove')
      root = change(root, path, structuredClone(moved), 'add')
    } else throw badRequest(`Unexpected kind: ${op}`)
  }
  return root
}

function parts(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function reach(root: unknown, path: string): unknown {
  let at = root
  for (const part of parts(path))
    at = Array.isArray(at) ? (at[Number(part)] as unknown) : isTree(at) ? at[part] : undefined
  return at
}

function change(root: unknown, path: string, value: unknown, op: 'add' | 'replace' | 'remove'): unknown {
  const names = parts(path)
  const last = names.pop()
  if (last === undefined) return value
  const missing = new StatusError(
    422,
    'Invalid',
    `the server rejected our request due to an error in our request: ${op} operation does not apply: doc is missing path: ${path}`,
  )
  const holder = reach(
    root,
    names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
  )
  if (Array.isArray(holder)) {
    const index = last === '-' ? holder.length : Number(last)
    if (index > holder.length || (op !== 'add' && index >= holder.length)) throw missing
    holder.splice(index, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]))
  } else if (isTree(holder)) {
    if (op !== 'add' && !Object.hasOwn(holder, last)) throw missing
    if (op === 'remove') delete holder[last]
    else holder[last] = value
  } else throw missing
  return root
}
