import type { Kind } from './kinds.ts'
import type { Tree } from './trees.ts'

export interface Cause {
  reason: string
  message: string
  field: string
}

/** An answer that is a Kubernetes `Status` of failure; thrown anywhere, written by the door. */
export class StatusError extends Error {
  readonly code: number
  readonly reason: string
  readonly details: Tree
  readonly headers: Record<string, string>

  constructor(code: number, reason: string, message: string, details: Tree = {}, headers = {}) {
    super(message)
    this.code = code
    this.reason = reason
    this.details = details
    this.headers = headers
  }

  toStatus(): Tree {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason && { reason: this.reason }),
      ...(Object.keys(this.details).length > 0 && { details: this.details }),
      code: this.code,
    }
  }
}

/** How messages name a resource: `statefulsets.apps`, `services`. */
export function qualifiedResource(kind: Kind): string {
  return kind.group ? `${kind.plural}.${kind.group}` : kind.plural
}

function aboutResource(kind: Kind, name: string): Tree {
  return { name, ...(kind.group && { group: kind.group }), kind: kind.plural }
}

export function notFound(kind: Kind, name: string): StatusError {
  const message = `${qualifiedResource(kind)} "${name}" not found`
  return new StatusError(404, 'NotFound', message, aboutResource(kind, name))
}

export function alreadyExists(kind: Kind, name: string): StatusError {
  const message = `${qualifiedResource(kind)} "${name}" already exists`
  return new StatusError(409, 'AlreadyExists', message, aboutResource(kind, name))
}

export function conflict(
  kind: Kind,
  name: string,
  why = 'the object has been modified; please apply your changes to the latest version and try again',
): StatusError {
  const message = `Operation cannot be fulfilled on ${qualifiedResource(kind)} "${name}": ${why}`
  return new StatusError(409, 'Conflict', message, aboutResource(kind, name))
}

export function forbidden(kind: Kind, name: string, why: string, causes?: Cause[]): StatusError {
  const message = `${qualifiedResource(kind)} "${name}" is forbidden: ${why}`
  return new StatusError(403, 'Forbidden', message, {
    ...aboutResource(kind, name),
    ...(causes && { causes }),
  })
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message)
}

export function invalid(kind: Kind, name: string, causes: Cause[]): StatusError {
  const parts = causes.map((cause) => `${cause.field}: ${cause.message}`)
  const list = parts.length === 1 ? parts[0] : `[${parts.join(', ')}]`
  return new StatusError(
    422,
    'Invalid',
    `${kind.kind}${kind.group ? `.${kind.group}` : ''} "${name}" is invalid: ${list}`,
    {
      name,
      ...(kind.group && { group: kind.group }),
      kind: kind.kind,
      causes,
    },
  )
}

export const requiredValue = (field: string, why = ''): Cause => ({
  reason: 'FieldValueRequired',
  message: `Required value${why && `: ${why}`}`,
  field,
})

export const invalidValue = (field: string, given: unknown, why: string): Cause => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${JSON.stringify(given)}: ${why}`,
  field,
})

export const forbiddenValue = (field: string, why: string): Cause => ({
  reason: 'FieldValueForbidden',
  message: `Forbidden: ${why}`,
  field,
})

export const duplicateValue = (field: string, given: unknown): Cause => ({
  reason: 'FieldValueDuplicate',
  message: `Duplicate value: ${JSON.stringify(given)}`,
  field,
})
