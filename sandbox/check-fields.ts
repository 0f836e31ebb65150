import { typedPatchError } from './field-ownership.ts'
import type { Kind } from './kinds.ts'
import { checkSchema } from './schemas.ts'
import { badRequest, StatusError } from './status-errors.ts'
import { isTree, type KubeObject } from './trees.ts'

interface FieldOptions {
  /** `Strict`, `Warn` or `Ignore`, as clients say it; `Apply` where server-side apply decides. */
  fieldValidation: string
  /** Receives what the answer warns of. */
  warn: (message: string) => void
}

/** Refuses, or takes out and warns of, what the schema does not know, as `fieldValidation` says; 400 for wrong types. */
export function checkFields(kind: Kind, object: KubeObject, options: FieldOptions): void {
  const { unknown, mistyped: wrong } = checkSchema(kind, object)
  refuseBrokenBase64(kind, object)
  if (options.fieldValidation === 'Apply') {
    const faults = [
      ...unknown.map((path) => `.${path}: field not declared in schema`),
      ...wrong.map(
        ({ path, wanted, given }) =>
          `.${path}: expected ${wanted === 'integer' || wanted === 'number' ? 'numeric (int or float)' : wanted === 'object' ? 'map' : wanted === 'array' ? 'list' : wanted}, got ${JSON.stringify(given)}`,
      ),
    ]
    if (faults.length > 0)
      throw typedPatchError(
        kind,
        object,
        faults.length === 1
          ? (faults[0] ?? '')
          : `errors:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
      )
    return
  }
  const [first] = wrong
  if (first) throw mistyped(kind, first.path, first.wanted, first.given)
  if (unknown.length === 0 || options.fieldValidation === 'Ignore') return
  const messages = unknown.map((path) => `unknown field "${path}"`)
  if (options.fieldValidation === 'Strict')
    throw badRequest(
      `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: strict decoding error: ${messages.join(', ')}`,
    )
  for (const message of messages) options.warn(message)
}

export function mistyped(kind: Kind, path: string, wanted: string, given: unknown): StatusError {
  const type = Array.isArray(given)
    ? 'array'
    : isTree(given)
      ? 'object'
      : typeof given === 'boolean'
        ? 'bool'
        : typeof given
  const go = { integer: 'int32', boolean: 'bool' }[wanted] ?? wanted
  return new StatusError(
    400,
    'BadRequest',
    `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: json: cannot unmarshal ${type} into Go struct field ${kind.kind}.${path.replaceAll(/\[\d+\]/g, '')} of type ${go}`,
  )
}

function refuseBrokenBase64(kind: Kind, object: KubeObject): void {
  const encoded = { Secret: object.data, ConfigMap: object.binaryData }[kind.kind]
  for (const value of Object.values(isTree(encoded) ? encoded : {}))
    if (typeof value === 'string' && (value.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)))
      throw badRequest(
        `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: illegal base64 data at input byte 0`,
      )
}
