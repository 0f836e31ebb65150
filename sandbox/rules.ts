import type { StatefulSet } from 'kubernetes-types/apps/v1'
import type { PersistentVolumeClaim, PodSpec, Service } from 'kubernetes-types/core/v1'
import type { Ingress } from 'kubernetes-types/networking/v1'
import type { Kind } from './kinds.ts'
import {
  checkLabels,
  checkName,
  checkPort,
  checkPortName,
  isAddress,
  label,
  labelRule,
  qualified,
  qualifiedRule,
  service,
  serviceRule,
  subdomain,
  subdomainRule,
} from './name-rules.ts'
import { checkPodSpec, mutablePodPartsRemoved } from './pod-rules.ts'
import { selectorMatches } from './selectors.ts'
import { duplicateValue, forbiddenValue, invalidValue, requiredValue, type Cause } from './status-errors.ts'
import { isTree, sameTree, type KubeObject } from './trees.ts'

/**
 * What Kubernetes validates beyond its schemas, for the kinds and fields the product makes. Sources:
 * pkg/apis/{core,apps,networking}/validation of Kubernetes 1.32.
 */
export function checkRules(kind: Kind, next: KubeObject, before: KubeObject | undefined): Cause[] {
  const causes = checkMetadata(kind, next)
  if (kind.kind === 'StatefulSet')
    causes.push(...checkStatefulSet(next as unknown as StatefulSet, before as unknown as StatefulSet))
  if (kind.kind === 'Service')
    causes.push(...checkService(next as unknown as Service, before as unknown as Service))
  if (kind.kind === 'Pod') {
    const { spec } = next as { spec?: PodSpec }
    if (spec) causes.push(...checkPodSpec(spec, 'spec'))
    if (before && !sameTree(mutablePodPartsRemoved(before), mutablePodPartsRemoved(next)))
      causes.push(
        forbiddenValue(
          'spec',
          'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
        ),
      )
  }
  if (kind.kind === 'Ingress') causes.push(...checkIngress(next as unknown as Ingress))
  if (kind.kind === 'PersistentVolumeClaim')
    causes.push(
      ...checkClaim(next as unknown as PersistentVolumeClaim, before as unknown as PersistentVolumeClaim),
    )
  if (kind.kind === 'ConfigMap' || kind.kind === 'Secret') causes.push(...checkContent(kind, next, before))
  return causes
}

function checkMetadata(kind: Kind, { metadata }: KubeObject): Cause[] {
  const { name, labels = {}, annotations = {} } = metadata
  const causes =
    kind.kind === 'Service'
      ? checkName(name, 'metadata.name', service, serviceRule, 63)
      : kind.kind === 'Namespace'
        ? checkName(name, 'metadata.name', label, labelRule, 63)
        : checkName(name, 'metadata.name', subdomain, subdomainRule, 253)
  causes.push(...checkLabels(labels, 'metadata.labels'))
  for (const key of Object.keys(annotations))
    if (!qualified.test(key.toLowerCase()))
      causes.push(invalidValue('metadata.annotations', key, qualifiedRule))
  const bytes = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + key.length + Buffer.byteLength(value),
    0,
  )
  if (bytes > 262_144)
    causes.push({
      reason: 'FieldValueTooLong',
      message: 'Too long: may not be more than 262144 bytes',
      field: 'metadata.annotations',
    })
  return causes
}

const mutableSetFields = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
].concat(['persistentVolumeClaimRetentionPolicy', 'minReadySeconds'])

function checkStatefulSet({ spec }: StatefulSet, before: StatefulSet | undefined): Cause[] {
  const causes: Cause[] = []
  if (!spec) return [requiredValue('spec')]
  if ((spec.replicas ?? 0) < 0)
    causes.push(invalidValue('spec.replicas', spec.replicas, 'must be greater than or equal to 0'))
  const { selector, template } = spec
  if (!selector?.matchLabels && !selector?.matchExpressions)
    causes.push(invalidValue('spec.selector', selector ?? {}, 'empty selector is invalid for statefulset'))
  else if (!selectorMatches(selector, template?.metadata?.labels ?? {}))
    causes.push(
      invalidValue(
        'spec.template.metadata.labels',
        template?.metadata?.labels ?? {},
        '`selector` does not match template `labels`',
      ),
    )
  causes.push(...checkLabels(template?.metadata?.labels ?? {}, 'spec.template.labels'))
  if (template?.spec) {
    const claims = (spec.volumeClaimTemplates ?? []).map((claim) => claim.metadata?.name ?? '')
    causes.push(...checkPodSpec(template.spec, 'spec.template.spec', claims))
    const { restartPolicy } = template.spec
    if (restartPolicy !== 'Always')
      causes.push({
        reason: 'FieldValueNotSupported',
        message: `Unsupported value: ${JSON.stringify(restartPolicy)}: supported values: "Always"`,
        field: 'spec.template.spec.restartPolicy',
      })
  }
  if (before?.spec) {
    const fixed = (of: object): unknown =>
      Object.fromEntries(Object.entries(of).filter(([name]) => !mutableSetFields.includes(name)))
    if (!sameTree(fixed(before.spec), fixed(spec)))
      causes.push(
        forbiddenValue(
          'spec',
          "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
        ),
      )
  }
  return causes
}

function checkService({ spec = {} }: Service, before: Service | undefined): Cause[] {
  const causes: Cause[] = []
  const ports = spec.ports ?? []
  if (ports.length === 0 && spec.clusterIP !== 'None' && spec.type !== 'ExternalName')
    causes.push(requiredValue('spec.ports'))
  for (const [index, port] of ports.entries()) {
    const at = `spec.ports[${index}]`
    causes.push(...checkPort(port.port, `${at}.port`))
    if (ports.length > 1 && !port.name) causes.push(requiredValue(`${at}.name`))
    if (port.name) causes.push(...checkName(port.name, `${at}.name`, label, labelRule, 63))
    if (port.name && ports.findIndex((other) => other.name === port.name) !== index)
      causes.push(duplicateValue(`${at}.name`, port.name))
    if (ports.findIndex((other) => other.port === port.port && other.protocol === port.protocol) !== index)
      causes.push(duplicateValue(at, { port: port.port, protocol: port.protocol }))
    if (typeof port.targetPort === 'number') causes.push(...checkPort(port.targetPort, `${at}.targetPort`))
    else causes.push(...checkPortName(port.targetPort, `${at}.targetPort`))
    if (port.nodePort && spec.type === 'ClusterIP')
      causes.push(forbiddenValue(`${at}.nodePort`, "may not be used when `type` is 'ClusterIP'"))
  }
  if (spec.type !== 'ClusterIP' && spec.clusterIP === 'None')
    causes.push(
      invalidValue('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${spec.type} services`),
    )
  if (spec.clusterIP && spec.clusterIP !== 'None' && !isAddress(spec.clusterIP))
    causes.push(
      invalidValue(
        'spec.clusterIPs',
        [spec.clusterIP],
        'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      ),
    )
  causes.push(...checkLabels(spec.selector ?? {}, 'spec.selector'))
  const old = before?.spec?.clusterIP
  if (old && before?.spec?.type !== 'ExternalName' && spec.type !== 'ExternalName' && old !== spec.clusterIP)
    causes.push(invalidValue('spec.clusterIPs[0]', spec.clusterIP ?? '', 'may not change once set'))
  return causes
}

function checkIngress({ spec = {} }: Ingress): Cause[] {
  const causes: Cause[] = []
  if (!spec.rules?.length && !spec.defaultBackend)
    causes.push(invalidValue('spec', '', 'either `defaultBackend` or `rules` must be specified'))
  for (const [index, rule] of (spec.rules ?? []).entries()) {
    const at = `spec.rules[${index}]`
    if (rule.host && isAddress(rule.host))
      causes.push(invalidValue(`${at}.host`, rule.host, 'must be a DNS name, not an IP address'))
    else if (rule.host)
      causes.push(...checkName(rule.host.replace(/^\*\./, ''), `${at}.host`, subdomain, subdomainRule, 253))
    for (const [number, path] of (rule.http?.paths ?? []).entries()) {
      if (path.pathType !== 'ImplementationSpecific' && !path.path?.startsWith('/'))
        causes.push(
          invalidValue(`${at}.http.paths[${number}].path`, path.path ?? '', 'must be an absolute path'),
        )
      if (!path.backend.service && !path.backend.resource)
        causes.push(
          requiredValue(`${at}.http.paths[${number}].backend`, 'must specify either `service` or `resource`'),
        )
    }
  }
  return causes
}

function checkClaim(
  { spec = {} }: PersistentVolumeClaim,
  before: PersistentVolumeClaim | undefined,
): Cause[] {
  const causes: Cause[] = []
  if (!spec.accessModes?.length)
    causes.push(requiredValue('spec.accessModes', 'at least 1 access mode is required'))
  if (!spec.resources?.requests?.storage) causes.push(requiredValue('spec.resources[storage]'))
  const fixed = (of: object): unknown => ({
    ...of,
    resources: undefined,
    ...(!before?.spec?.volumeName && { volumeName: undefined }),
  })
  if (before?.spec && !sameTree(fixed(before.spec), fixed(spec)))
    causes.push(
      forbiddenValue(
        'spec',
        'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
      ),
    )
  return causes
}

function checkContent(kind: Kind, next: KubeObject, before: KubeObject | undefined): Cause[] {
  const causes: Cause[] = []
  let bytes = 0
  for (const field of ['data', 'binaryData'])
    for (const [key, value] of Object.entries(isTree(next[field]) ? next[field] : {})) {
      if (!/^[-._a-zA-Z0-9]+$/.test(key) || key.length > 253)
        causes.push(
          invalidValue(
            `${field}[${key}]`,
            key,
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
          ),
        )
      const isEncoded = kind.kind === 'Secret' || field === 'binaryData'
      bytes += isEncoded ? Buffer.from(String(value), 'base64').length : Buffer.byteLength(String(value))
    }
  if (bytes > 1_048_576)
    causes.push({
      reason: 'FieldValueTooLong',
      message: 'Too long: may not be more than 1048576 bytes',
      field: kind.kind === 'Secret' ? 'data' : '',
    })
  if (
    before?.immutable === true &&
    (next.immutable !== true || !sameTree([before.data, before.binaryData], [next.data, next.binaryData]))
  )
    causes.push(forbiddenValue('data', 'field is immutable when `immutable` is set'))
  if (kind.kind === 'Secret' && before && before.type !== next.type)
    causes.push(invalidValue('type', next.type, 'field is immutable'))
  return causes
}
