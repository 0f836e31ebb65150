import type { WorkitemError } from '#lib/domain/workitem.ts'
import type { KubernetesError } from '../kubernetes/error.ts'

/** An item ends here: FAILED when it may work another time, INVALID when it makes no sense as it is. */
export class ItemFailure extends Error {
  readonly status: 'FAILED' | 'INVALID'
  readonly error: WorkitemError

  constructor(error: WorkitemError, status: 'FAILED' | 'INVALID' = 'FAILED') {
    super(error.message)
    this.name = 'ItemFailure'
    this.status = status
    this.error = { ...error, message: error.message.slice(0, 8192), object: error.object?.slice(0, 512) }
  }
}

/** What Kubernetes said, with what was tried and, where it is known, what to do. */
export function explainKubernetesError(
  error: KubernetesError,
  about: { action: string; object?: string; k8sNamespace: string },
): ItemFailure {
  const object = about.object
  const fail = (cause: WorkitemError['cause'], message: string) =>
    new ItemFailure({ cause, message, ...(object === undefined ? {} : { object }) })
  if (error.isFieldConflict) {
    const fields = error.causes.map((cause) => `${cause.field} (${cause.message})`).join(', ')
    return fail(
      'conflict',
      `${object ?? 'An object'} has fields that another manager set: ${fields}. Nothing was forced; remove the other manager's change, or set the same value in the configuration.`,
    )
  }
  if (error.status === 0) return fail('unreachable', `${error.message} (${about.action})`)
  if (error.status === 404 && error.aboutKind === 'namespaces') {
    return fail(
      'refused',
      `The Kubernetes namespace "${about.k8sNamespace}" does not exist: create it, or deploy into another one. Kubernetes says: ${error.message}`,
    )
  }
  if (error.status === 403) {
    return fail(
      'refused',
      `Kubernetes forbids this worker ${about.action} in namespace "${about.k8sNamespace}"; its administrator can widen the worker's role. Kubernetes says: ${error.message}`,
    )
  }
  if (error.status === 401) {
    return fail(
      'refused',
      `Kubernetes does not accept the worker's service account (${about.action}): ${error.message}`,
    )
  }
  if (error.status === 409) {
    return fail('conflict', `Somebody else keeps changing ${object ?? 'an object'}: ${error.message}`)
  }
  if (error.isTransient)
    return fail('unreachable', `The API server fails (${about.action}): ${error.message}`)
  return fail('refused', `Kubernetes refused ${about.action}: ${error.message}`)
}
