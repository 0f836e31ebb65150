import type { StatefulSet } from 'kubernetes-types/apps/v1'
import { label } from './kubernetes/kinds.ts'
import type { KubernetesObject } from '#lib/domain/kubernetes-object.ts'

/** The worker's own names in the cluster, which nothing it deploys may use, mount or overwrite. */
export interface OwnNames {
  /** Where the worker itself runs; null when that is not known: then its names are guarded everywhere. */
  namespace: string | null
  serviceAccounts: readonly string[]
  secrets: readonly string[]
  configMaps: readonly string[]
}

export const policyConfigMapName = 'vantiq-k8sworker-policy'

/** The names of the published templates, and the account the worker really runs with. */
export function ownNamesOf(namespace: string | null, serviceAccount: string | null): OwnNames {
  return {
    namespace,
    serviceAccounts: [...new Set(['vantiq-service-account', ...(serviceAccount ? [serviceAccount] : [])])],
    secrets: ['vantiq-access-token', 'quay-secret'],
    configMaps: [policyConfigMapName],
  }
}

export interface PolicyViolation {
  /** The rule's name, as the administrator's policy will name it. */
  rule: string
  message: string
  object: string
}

/**
 * The policy that holds where the Kubernetes administrator gave none; section 5 of the contract. It judges what was
 * rendered and not the configuration, so that it stays true for every type a configuration may ever have.
 */
export function checkDefaultPolicy(objects: readonly KubernetesObject[], own: OwnNames): PolicyViolation[] {
  return objects.flatMap((object) => {
    const guarded = own.namespace === null || own.namespace === object.metadata.namespace ? own : null
    const found = [
      ...checkOverwrite(object, guarded),
      ...checkImplicitAccount(object, guarded),
      ...checkIngressAnnotations(object),
      ...checkNode(object.spec, [], guarded),
    ]
    return found.map(({ rule, message }) => ({
      rule,
      message: `${label(object)}: ${message}`,
      object: label(object),
    }))
  })
}

type Finding = Omit<PolicyViolation, 'object'>

function checkOverwrite({ kind, metadata }: KubernetesObject, own: OwnNames | null): Finding[] {
  if (!own) return []
  const isOwn =
    (kind === 'Secret' && own.secrets.includes(metadata.name)) ||
    (kind === 'ConfigMap' && own.configMaps.includes(metadata.name)) ||
    (kind === 'ServiceAccount' && own.serviceAccounts.includes(metadata.name))
  return isOwn ? [{ rule: 'workerNames', message: 'the name belongs to the worker' }] : []
}

/** A pod that names no service account runs with `default`; where that is the worker's, it would get its role. */
function checkImplicitAccount({ kind, spec }: KubernetesObject, own: OwnNames | null): Finding[] {
  if (kind !== 'StatefulSet' || !own?.serviceAccounts.includes('default')) return []
  const pod = (spec as StatefulSet['spec'])?.template.spec
  if (pod?.serviceAccountName !== undefined) return []
  return [
    {
      rule: 'workerNames',
      message: 'without a service account it would run with "default", which belongs to the worker',
    },
  ]
}

function checkIngressAnnotations({ kind, metadata }: KubernetesObject): Finding[] {
  if (kind !== 'Ingress') return []
  return Object.keys(metadata.annotations ?? {})
    .filter((name) => name.endsWith('-snippet'))
    .map((name) => ({
      rule: 'ingressSnippets',
      message: `the annotation ${name} would put text of its own into the ingress controller's configuration`,
    }))
}

/** Fields that are refused wherever in a spec they stand, by name. */
const refusedFields: Record<string, (value: unknown) => boolean> = {
  hostPath: (value) => value !== undefined && value !== null,
  hostNetwork: (value) => value === true,
  hostPID: (value) => value === true,
  hostIPC: (value) => value === true,
  hostProcess: (value) => value === true,
  hostPort: (value) => typeof value === 'number' && value !== 0,
  privileged: (value) => value === true,
  allowPrivilegeEscalation: (value) => value === true,
}

/** Walks a whole spec: a field of Kubernetes to come is found under its name wherever it is added. */
function checkNode(node: unknown, path: readonly string[], own: OwnNames | null): Finding[] {
  if (Array.isArray(node)) {
    return node.flatMap((item, index) => checkNode(item, [...path, String(index)], own))
  }
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([field, value]: [string, unknown]) => {
    const here = [...path, field]
    const found = checkField(field, value, path)
    if (own) found.push(...checkUse(field, value, own))
    const at = here.join('.')
    return [
      ...found.map((finding) => ({ ...finding, message: `${finding.message} (spec.${at})` })),
      ...checkNode(value, here, own),
    ]
  })
}

function checkField(field: string, value: unknown, path: readonly string[]): Finding[] {
  if (refusedFields[field]?.(value)) return [{ rule: field, message: `${field} is not allowed` }]
  if (field === 'add' && path.at(-1) === 'capabilities' && Array.isArray(value) && value.length > 0) {
    return [{ rule: 'capabilities', message: `added capabilities are not allowed: ${value.join(', ')}` }]
  }
  return []
}

/** Every way a spec names a Secret, ConfigMap or service account: `secretName`, `secretKeyRef.name`, `secret.name` … */
function checkUse(field: string, value: unknown, own: OwnNames): Finding[] {
  const names = namesIn(value)
  const use = (kind: string, owned: readonly string[]) =>
    names
      .filter((name) => owned.includes(name))
      .map((name) => ({ rule: 'workerNames', message: `the ${kind} ${name} belongs to the worker` }))
  if (/^(serviceAccountName|serviceAccount)$/.test(field)) return use('service account', own.serviceAccounts)
  if (/secret/i.test(field)) return use('Secret', own.secrets)
  if (/configMap/i.test(field)) return use('ConfigMap', own.configMaps)
  return []
}

function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(namesIn)
  if (typeof value !== 'object' || value === null) return []
  return 'name' in value && typeof value.name === 'string' ? [value.name] : []
}
