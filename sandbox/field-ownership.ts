import type { Kind } from './kinds.ts'
import { apiVersionOf } from './kinds.ts'
import {
  DuplicateItem,
  mergeFields,
  MissingKey,
  ownableFields,
  printPath,
  readFieldsV1,
  removeField,
  separator,
  writeFieldsV1,
} from './fields.ts'
import { StatusError } from './status-errors.ts'
import { sameTree, type KubeObject, type ManagedFieldsEntry, type Tree } from './trees.ts'

interface Writer {
  manager: string
  subresource: string
}

interface Owner {
  entry: ManagedFieldsEntry
  fields: Set<string>
}

function ownersOf(object: KubeObject | undefined): Owner[] {
  return (object?.metadata.managedFields ?? []).map((entry) => ({
    entry,
    fields: readFieldsV1(entry.fieldsV1),
  }))
}

function writeOwners(object: KubeObject, owners: Owner[]): void {
  object.metadata.managedFields = owners
    .filter((owner) => owner.fields.size > 0)
    .map(({ entry, fields }) => ({ ...entry, fieldsV1: writeFieldsV1(fields) }))
}

function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z')
}

function isSame(entry: ManagedFieldsEntry, writer: Writer, operation: string): boolean {
  return (
    entry.manager === writer.manager &&
    entry.operation === operation &&
    (entry.subresource ?? '') === writer.subresource
  )
}

function newEntry(kind: Kind, writer: Writer, operation: 'Apply' | 'Update'): ManagedFieldsEntry {
  return {
    manager: writer.manager,
    operation,
    apiVersion: apiVersionOf(kind),
    time: now(),
    fieldsType: 'FieldsV1',
    fieldsV1: {},
    ...(writer.subresource && { subresource: writer.subresource }),
  }
}

/** The fields of an applied configuration; its faults are answered as a typed patch's (status 500, as Kubernetes does). */
export function appliedFields(kind: Kind, config: KubeObject): Map<string, unknown> {
  try {
    return ownableFields(config, true)
  } catch (fault) {
    if (fault instanceof DuplicateItem)
      throw typedPatchError(
        kind,
        config,
        `${printPath(fault.path)}: duplicate entries for key ${printPath(fault.element)}`,
      )
    if (fault instanceof MissingKey)
      throw typedPatchError(
        kind,
        config,
        `associative list with keys has an element that omits key field ${JSON.stringify(fault.key)} (and doesn't have default value)`,
      )
    throw fault
  }
}

export function typedPatchError(kind: Kind, config: KubeObject, what: string): StatusError {
  const { namespace = '', name } = config.metadata
  return new StatusError(
    500,
    '',
    `failed to create typed patch object (${namespace}/${name}; ${apiVersionOf(kind)}, Kind=${kind.kind}): ${what}`,
  )
}

/**
 * Server-side apply: the live object with the configuration laid over it, what the manager applied before and
 * nobody owns now taken out, and ownership written anew. Throws 409 with a cause for each field another
 * manager owns and the configuration would change, unless forced.
 */
export function applyConfig(
  kind: Kind,
  live: KubeObject | undefined,
  config: KubeObject,
  writer: Writer,
  force: boolean,
): KubeObject {
  const wanted = appliedFields(kind, config)
  const current = live ? ownableFields(live) : new Map<string, unknown>()
  const owners = ownersOf(live)
  const mine = owners.find((owner) => isSame(owner.entry, writer, 'Apply'))
  const others = owners.filter((owner) => owner !== mine)

  const changed = [...wanted].filter(
    ([path, value]) => !current.has(path) || !sameTree(current.get(path), value),
  )
  const clashes = others
    .map((owner) => ({
      owner,
      paths: changed.map(([path]) => path).filter((path) => owner.fields.has(path)),
    }))
    .filter((clash) => clash.paths.length > 0)
  if (clashes.length > 0 && !force) throw applyConflict(clashes)
  for (const clash of clashes) for (const path of clash.paths) clash.owner.fields.delete(path)

  const kept = new Set<string>()
  for (const fields of [new Set(wanted.keys()), ...others.map((owner) => owner.fields)])
    for (const path of fields) {
      const elements = path.split(separator)
      for (let count = 1; count <= elements.length; count++)
        kept.add(elements.slice(0, count).join(separator))
    }
  const dropped = new Set<string>()
  for (const path of mine?.fields ?? []) {
    const elements = path.split(separator)
    for (let count = 1; count <= elements.length; count++) {
      const part = elements.slice(0, count).join(separator)
      const isWhole = count === elements.length || elements[count - 1]?.startsWith('f:')
      if (isWhole && part !== 'f:metadata' && !kept.has(part)) dropped.add(part)
    }
  }
  let merged = (live ? mergeFields(live, config) : structuredClone(config)) as KubeObject
  for (const path of dropped) merged = removeField(merged, path.split(separator)) as KubeObject
  if (live) merged = { ...merged, metadata: { ...merged.metadata, ...serverMetadata(live) } }

  const fields = new Set(wanted.keys())
  const isUnchanged =
    mine && mine.fields.size === fields.size && [...fields].every((path) => mine.fields.has(path))
  const entry = isUnchanged ? mine.entry : newEntry(kind, writer, 'Apply')
  const own: Owner = { entry, fields }
  writeOwners(merged, mine ? owners.map((owner) => (owner === mine ? own : owner)) : [...owners, own])
  return merged
}

function serverMetadata(live: KubeObject): Tree {
  const { name, namespace, uid, resourceVersion, generation, creationTimestamp, generateName } = live.metadata
  const known = { name, namespace, uid, resourceVersion, generation, creationTimestamp, generateName }
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
}

function applyConflict(clashes: { owner: Owner; paths: string[] }[]): StatusError {
  const causes = clashes.flatMap(({ owner: { entry }, paths }) => {
    const subresource = entry.subresource ? ` with subresource "${entry.subresource}"` : ''
    const using = entry.operation === 'Update' ? ` using ${entry.apiVersion}` : ''
    const message = `conflict with "${entry.manager}"${subresource}${using}`
    return paths.map((path) => ({ reason: 'FieldManagerConflict', message, field: printPath(path) }))
  })
  const messages = [...new Set(causes.map((cause) => cause.message))].map((message) => {
    const fields = causes.filter((cause) => cause.message === message).map((cause) => cause.field)
    if (fields.length === 1) return `${message}: ${fields[0]}`
    return `${message.replace('conflict', 'conflicts')}:\n${fields.map((field) => `- ${field}`).join('\n')}`
  })
  const count = causes.length === 1 ? '1 conflict' : `${causes.length} conflicts`
  return new StatusError(409, 'Conflict', `Apply failed with ${count}: ${messages.join('\n')}`, { causes })
}

/** After a write that is not an apply: the writer owns what it added or changed, and nobody what it removed. */
export function recordUpdate(
  kind: Kind,
  live: KubeObject | undefined,
  next: KubeObject,
  writer: Writer,
): void {
  const before = live ? ownableFields(live) : new Map<string, unknown>()
  const after = ownableFields(next)
  const changed = [...after].filter(
    ([path, value]) => !before.has(path) || !sameTree(before.get(path), value),
  )
  const owners = ownersOf(live)
  for (const owner of owners) {
    for (const [path] of changed) if (!isSame(owner.entry, writer, 'Update')) owner.fields.delete(path)
    for (const path of before.keys()) if (!after.has(path)) owner.fields.delete(path)
  }
  if (changed.length > 0) {
    let own = owners.find((owner) => isSame(owner.entry, writer, 'Update'))
    if (!own) owners.push((own = { entry: newEntry(kind, writer, 'Update'), fields: new Set() }))
    own.entry = { ...own.entry, time: now() }
    for (const [path] of changed) own.fields.add(path)
  }
  writeOwners(next, owners)
}
