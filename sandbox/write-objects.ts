import { randomBytes, randomUUID } from 'node:crypto'
import { allocateForService } from './allocations.ts'
import { checkFields, mistyped } from './check-fields.ts'
import { fillDefaults } from './defaults.ts'
import { applyConfig, recordUpdate } from './field-ownership.ts'
import { missingAccount } from './faults.ts'
import { apiVersionOf, kindNamed, type Kind } from './kinds.ts'
import { checkRules } from './rules.ts'
import { checkSchema } from './schemas.ts'
import {
  alreadyExists,
  badRequest,
  conflict,
  forbidden,
  invalid,
  notFound,
  type StatusError,
} from './status-errors.ts'
import type { Store } from './store.ts'
import { isTree, sameTree, tidy, treeAt, withoutNulls, type KubeObject } from './trees.ts'

export interface WriteOptions {
  manager: string
  subresource: string
  dryRun: boolean
  fieldValidation: string
  /** Receives what the answer warns of. */
  warn: (message: string) => void
}

export interface DeleteOptions {
  gracePeriodSeconds?: number
  propagationPolicy?: string
  preconditions?: { uid?: string; resourceVersion?: string }
  dryRun: boolean
}

/** The options of the sandbox's own controllers, which own no fields. */
const unowned: WriteOptions = {
  manager: '',
  subresource: '',
  dryRun: false,
  fieldValidation: 'Ignore',
  warn: () => undefined,
}

/** Every write of an object: admission, defaults, validation, ownership, storage, in the real server's order. */
export class ObjectWriter {
  private readonly store: Store

  constructor(store: Store) {
    this.store = store
  }

  create(kind: Kind, namespace: string | undefined, body: unknown, options = unowned): KubeObject {
    const object = this.decode(kind, namespace, body, options)
    if (!object.metadata.name && object.metadata.generateName)
      object.metadata.name = object.metadata.generateName + randomBytes(4).toString('hex').slice(0, 5)
    const { name } = object.metadata
    if (!name)
      throw invalid(kind, '', [
        {
          reason: 'FieldValueRequired',
          message: 'Required value: name or generateName is required',
          field: 'metadata.name',
        },
      ])
    if (object.metadata.resourceVersion)
      throw badRequest('resourceVersion should not be set on objects to be created')
    this.admitCreation(kind, object)
    if (this.store.get(kind, namespace, name)) throw alreadyExists(kind, name)
    return this.save(kind, undefined, object, options)
  }

  /** `change` makes the wanted state out of the stored one; it is called with what stands now. */
  update(
    kind: Kind,
    namespace: string | undefined,
    name: string,
    change: (live: KubeObject) => unknown,
    options = unowned,
  ): KubeObject {
    const live = this.store.get(kind, namespace, name)
    if (!live) throw notFound(kind, name)
    const object = this.decode(kind, namespace, change(structuredClone(live)), options, name)
    if (object.metadata.resourceVersion && object.metadata.resourceVersion !== live.metadata.resourceVersion)
      throw conflict(kind, name)
    if (object.metadata.uid && object.metadata.uid !== live.metadata.uid)
      throw conflict(
        kind,
        name,
        `Precondition failed: UID in precondition: ${object.metadata.uid}, UID in object meta: ${live.metadata.uid}`,
      )
    return this.save(kind, live, object, options)
  }

  /** Server-side apply; creates what is not there. */
  apply(
    kind: Kind,
    namespace: string | undefined,
    name: string,
    body: unknown,
    force: boolean,
    options: WriteOptions,
  ): KubeObject {
    const config = this.decode(kind, namespace, body, { ...options, fieldValidation: 'Apply' }, name)
    if (config.metadata.managedFields) throw badRequest('metadata.managedFields must be nil')
    const live = this.store.get(kind, namespace, name)
    if (
      config.metadata.resourceVersion &&
      config.metadata.resourceVersion !== live?.metadata.resourceVersion
    ) {
      if (!live) throw notFound(kind, name)
      throw conflict(kind, name)
    }
    if (options.subresource === '' && kind.subresources.includes('status')) delete config.status
    const merged = applyConfig(kind, live, config, options, force)
    if (!live) this.admitCreation(kind, merged)
    return this.save(kind, live, merged, options, true)
  }

  private decode(
    kind: Kind,
    namespace: string | undefined,
    body: unknown,
    options: WriteOptions,
    name?: string,
  ): KubeObject {
    if (!isTree(body))
      throw badRequest(`couldn't get version/kind; json parse error: the body is not an object`)
    const object = withoutNulls(body) as KubeObject
    object.apiVersion ??= apiVersionOf(kind)
    object.kind ??= kind.kind
    if (object.apiVersion !== apiVersionOf(kind) || object.kind !== kind.kind)
      throw badRequest(
        `the API version in the data (${object.apiVersion}, Kind=${object.kind}) does not match the expected API version (${apiVersionOf(kind)}, Kind=${kind.kind})`,
      )
    if (object.metadata !== undefined && !isTree(object.metadata))
      throw mistyped(kind, 'metadata', 'ObjectMeta', object.metadata)
    object.metadata ??= { name: '' }
    if (name !== undefined && (object.metadata.name ||= name) !== name)
      throw badRequest(
        `the name of the object (${object.metadata.name}) does not match the name on the URL (${name})`,
      )
    if (namespace !== undefined && (object.metadata.namespace ??= namespace) !== namespace)
      throw badRequest(
        'the namespace of the provided object does not match the namespace sent on the request',
      )
    if (!kind.namespaced) delete object.metadata.namespace
    if (options !== unowned) checkFields(kind, object, options)
    return object
  }

  private admitCreation(kind: Kind, object: KubeObject): void {
    const { metadata } = object
    if (!kind.namespaced) return
    const account = kind.kind === 'Pod' && treeAt(object, 'spec').serviceAccountName
    if (account === missingAccount) {
      const why = `error looking up service account ${metadata.namespace}/${account}: serviceaccount "${account}" not found`
      throw forbidden(kind, metadata.name, why)
    }
    const home = this.store.namespace(metadata.namespace ?? '')
    if (!home) throw notFound(kindNamed('Namespace'), metadata.namespace ?? '')
    if (!home.metadata.deletionTimestamp) return
    const why = `unable to create new content in namespace ${metadata.namespace} because it is being terminated`
    const message = `namespace ${metadata.namespace} is being terminated`
    throw forbidden(kind, metadata.name, why, [
      { reason: 'NamespaceTerminating', message, field: 'metadata.namespace' },
    ])
  }

  private save(
    kind: Kind,
    live: KubeObject | undefined,
    object: KubeObject,
    options: WriteOptions,
    isApply = false,
  ): KubeObject {
    let next = structuredClone(object)
    if (options.subresource === 'status' && live)
      next = {
        ...structuredClone(live),
        status: next.status,
        metadata: { ...live.metadata, managedFields: next.metadata.managedFields },
      }
    else if (options !== unowned && kind.subresources.includes('status')) {
      if (live?.status === undefined) delete next.status
      else next.status = structuredClone(live.status)
    }
    const { uid, creationTimestamp, generation, deletionTimestamp, deletionGracePeriodSeconds } =
      live?.metadata ?? {}
    Object.assign(next.metadata, {
      uid: uid ?? randomUUID(),
      creationTimestamp: creationTimestamp ?? timestamp(),
      generation: generation ?? (kind.generation ? 1 : undefined),
      resourceVersion: live?.metadata.resourceVersion,
      deletionTimestamp,
      deletionGracePeriodSeconds,
    })
    if (!live && kind.kind === 'PersistentVolumeClaim')
      next.metadata.finalizers = [
        ...new Set([...(next.metadata.finalizers ?? []), 'kubernetes.io/pvc-protection']),
      ]
    fillDefaults(next)
    const causes = kind.kind === 'Service' ? allocateForService(this.store, next, live) : []
    if (options !== unowned || !live)
      causes.push(...checkSchema(kind, next).causes, ...checkRules(kind, next, live))
    if (causes.length > 0) throw invalid(kind, next.metadata.name, causes)
    if (!isApply && options !== unowned) recordUpdate(kind, live, next, options)
    next = tidy(next) as KubeObject
    if (live && sameTree(next, live)) return live
    if (live && kind.generation && !sameTree(next.spec, live.spec))
      next.metadata.generation = (generation ?? 0) + 1
    if (options.dryRun) return next
    if (live?.metadata.deletionTimestamp && !next.metadata.finalizers?.length && isDone(kind, next))
      return this.store.remove(kind, next)
    return this.store.put(kind, next)
  }

  /** Deletes at once, or marks what has finalizers or a grace period; answers the last state and whether it is gone. */
  remove(
    kind: Kind,
    namespace: string | undefined,
    name: string,
    options: DeleteOptions,
  ): { object: KubeObject; isGone: boolean } {
    const live = this.store.get(kind, namespace, name)
    if (!live) throw notFound(kind, name)
    const { uid, resourceVersion } = options.preconditions ?? {}
    const told = (what: string, wanted: string, found?: string): StatusError =>
      conflict(
        kind,
        name,
        `Precondition failed: ${what} in precondition: ${wanted}, ${what} in object meta: ${found}`,
      )
    if (uid && uid !== live.metadata.uid) throw told('UID', uid, live.metadata.uid)
    if (resourceVersion && resourceVersion !== live.metadata.resourceVersion)
      throw told('ResourceVersion', resourceVersion, live.metadata.resourceVersion)
    if (kind.kind === 'Namespace' && ['default', 'kube-system', 'kube-public'].includes(name))
      throw forbidden(kind, name, 'this namespace may not be deleted')

    const marked = structuredClone(live)
    const policy = { Foreground: 'foregroundDeletion', Orphan: 'orphan' }[options.propagationPolicy ?? '']
    if (policy) marked.metadata.finalizers = [...new Set([...(live.metadata.finalizers ?? []), policy])]
    let grace = 0
    if (kind.kind === 'Pod' && treeAt(live, 'spec').nodeName)
      grace =
        options.gracePeriodSeconds ??
        (treeAt(live, 'spec').terminationGracePeriodSeconds as number | undefined) ??
        30
    if (
      live.metadata.deletionTimestamp &&
      grace >= (live.metadata.deletionGracePeriodSeconds ?? 0) &&
      (grace > 0 || marked.metadata.finalizers?.length)
    )
      return { object: live, isGone: false }
    const isHeld = (marked.metadata.finalizers?.length ?? 0) > 0 || grace > 0 || kind.kind === 'Namespace'
    if (!isHeld) {
      if (options.dryRun) return { object: live, isGone: true }
      return { object: this.store.remove(kind, live), isGone: true }
    }
    marked.metadata.deletionTimestamp ??= timestamp(grace)
    marked.metadata.deletionGracePeriodSeconds = grace
    if (kind.generation) marked.metadata.generation = (marked.metadata.generation ?? 0) + 1
    if (kind.kind === 'Namespace') marked.status = { phase: 'Terminating' }
    return { object: options.dryRun ? marked : this.store.put(kind, marked), isGone: false }
  }

  /** Ends a namespace or pod whose deletion has run its course. */
  finish(kind: Kind, object: KubeObject): void {
    const live = this.store.get(kind, object.metadata.namespace, object.metadata.name)
    if (!live || live.metadata.uid !== object.metadata.uid) return
    if (!live.metadata.finalizers?.length) this.store.remove(kind, live)
    else if (live.metadata.deletionGracePeriodSeconds)
      this.store.put(kind, { ...live, metadata: { ...live.metadata, deletionGracePeriodSeconds: 0 } })
  }
}

/** Whether an object being deleted may go as soon as it has no finalizers. */
function isDone(kind: Kind, { metadata }: KubeObject): boolean {
  return kind.kind !== 'Namespace' && !metadata.deletionGracePeriodSeconds
}

export function timestamp(inSeconds = 0): string {
  return new Date(Date.now() + inSeconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
}
