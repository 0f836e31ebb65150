import type { StatefulSet } from 'kubernetes-types/apps/v1'
import type { PersistentVolumeClaim, PodSpec, Service } from 'kubernetes-types/core/v1'
import type { Ingress } from 'kubernetes-types/networking/v1'
import type { Kind } from './kinds.ts'
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

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const service = /^[a-z]([-a-z0-9]*[a-z0-9])?$/
const subdomainRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const labelRule =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
const serviceRule =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
const qualified =
  /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/
const qualifiedRule =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/
const labelValueRule =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"

function checkName(name: string, field: string, form: RegExp, rule: string, longest: number): Cause[] {
  const causes: Cause[] = []
  if (name.length > longest)
    causes.push(invalidValue(field, name, `must be no more than ${longest} characters`))
  if (!form.test(name)) causes.push(invalidValue(field, name, rule))
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

function checkLabels(labels: Record<string, string>, field: string): Cause[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...(qualified.test(key) ? [] : [invalidValue(field, key, qualifiedRule)]),
    ...(value.length > 63 ? [invalidValue(field, value, 'must be no more than 63 characters')] : []),
    ...(value.length > 63 || labelValue.test(value) ? [] : [invalidValue(field, value, labelValueRule)]),
  ])
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

const environmentName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/

function checkPodSpec(spec: PodSpec, field: string, claims: string[] = []): Cause[] {
  const causes: Cause[] = []
  const volumes = [...claims, ...(spec.volumes ?? []).map((volume) => volume.name)]
  for (const [index, volume] of (spec.volumes ?? []).entries()) {
    const at = `${field}.volumes[${index}]`
    causes.push(...checkName(volume.name, `${at}.name`, label, labelRule, 63))
    if ((spec.volumes ?? []).findIndex((other) => other.name === volume.name) !== index)
      causes.push(duplicateValue(`${at}.name`, volume.name))
    const sources = Object.keys(volume).filter((name) => name !== 'name')
    if (sources.length === 0) causes.push(requiredValue(at, 'must specify a volume type'))
    for (const source of sources.slice(1))
      causes.push(forbiddenValue(`${at}.${source}`, 'may not specify more than 1 volume type'))
  }
  if (!spec.containers?.length) causes.push(requiredValue(`${field}.containers`))
  for (const [list, containers] of [
    ['containers', spec.containers ?? []],
    ['initContainers', spec.initContainers ?? []],
  ] as const)
    for (const [index, container] of containers.entries()) {
      const at = `${field}.${list}[${index}]`
      causes.push(...checkName(container.name, `${at}.name`, label, labelRule, 63))
      if (containers.findIndex((other) => other.name === container.name) !== index)
        causes.push(duplicateValue(`${at}.name`, container.name))
      if (!container.image) causes.push(requiredValue(`${at}.image`))
      else if (container.image !== container.image.trim())
        causes.push(
          invalidValue(`${at}.image`, container.image, 'must not have leading or trailing whitespace'),
        )
      for (const [number, { name, value, valueFrom }] of (container.env ?? []).entries()) {
        if (!environmentName.test(name))
          causes.push(
            invalidValue(
              `${at}.env[${number}].name`,
              name,
              "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')",
            ),
          )
        if (value && valueFrom)
          causes.push(
            invalidValue(
              `${at}.env[${number}].valueFrom`,
              '',
              'may not be specified when `value` is not empty',
            ),
          )
      }
      for (const [number, mount] of (container.volumeMounts ?? []).entries()) {
        if (!volumes.includes(mount.name))
          causes.push({
            reason: 'FieldValueNotFound',
            message: `Not found: ${JSON.stringify(mount.name)}`,
            field: `${at}.volumeMounts[${number}].name`,
          })
        if (
          (container.volumeMounts ?? []).findIndex((other) => other.mountPath === mount.mountPath) !== number
        )
          causes.push(
            invalidValue(`${at}.volumeMounts[${number}].mountPath`, mount.mountPath, 'must be unique'),
          )
      }
      for (const [number, port] of (container.ports ?? []).entries())
        causes.push(
          ...checkPort(port.containerPort, `${at}.ports[${number}].containerPort`),
          ...checkPortName(port.name, `${at}.ports[${number}].name`),
        )
      const { limits = {}, requests = {} } = container.resources ?? {}
      for (const [name, wanted] of Object.entries(requests))
        if (limits[name] !== undefined && quantity(wanted) > quantity(limits[name]))
          causes.push(
            invalidValue(
              `${at}.resources.requests`,
              wanted,
              `must be less than or equal to ${name} limit of ${limits[name]}`,
            ),
          )
      for (const [name, probe] of Object.entries({
        livenessProbe: container.livenessProbe,
        readinessProbe: container.readinessProbe,
        startupProbe: container.startupProbe,
      }))
        if (probe && !probe.exec && !probe.httpGet && !probe.tcpSocket && !probe.grpc)
          causes.push(requiredValue(`${at}.${name}`, 'must specify a handler type'))
    }
  for (const [index, { ip }] of (spec.hostAliases ?? []).entries())
    if (!isAddress(ip))
      causes.push(
        invalidValue(
          `${field}.hostAliases[${index}].ip`,
          ip,
          'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
        ),
      )
  return causes
}

function isAddress(text = ''): boolean {
  return /^(\d{1,3}\.){3}\d{1,3}$/.test(text)
    ? text.split('.').every((part) => Number(part) < 256 && String(Number(part)) === part)
    : /^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text)
}

/** A Kubernetes quantity as a number, for comparison. */
export function quantity(text: string | number): number {
  const [, number = '', unit = ''] = /^([+-]?[\d.]+(?:e\d+)?)(.*)$/i.exec(String(text)) ?? []
  const powers = ['', 'k', 'm', 'g', 't', 'p', 'e']
  if (unit === 'm') return Number(number) / 1000
  const power = powers.indexOf(unit.replace('i', '').toLowerCase())
  return Number(number) * (unit.endsWith('i') ? 1024 : 1000) ** Math.max(0, power)
}

function checkPort(port: number, field: string): Cause[] {
  return port >= 1 && port <= 65535
    ? []
    : [invalidValue(field, port, 'must be between 1 and 65535, inclusive')]
}

function checkPortName(name: string | undefined, field: string): Cause[] {
  if (name === undefined) return []
  if (name.length > 15) return [invalidValue(field, name, 'must be no more than 15 characters')]
  if (!/^[-a-z0-9]+$/.test(name))
    return [
      invalidValue(field, name, 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)'),
    ]
  return /[a-z]/.test(name) ? [] : [invalidValue(field, name, 'must contain at least one letter (a-z)')]
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

function mutablePodPartsRemoved(pod: KubeObject): unknown {
  const copy = structuredClone(pod) as { spec?: PodSpec }
  for (const container of [...(copy.spec?.containers ?? []), ...(copy.spec?.initContainers ?? [])])
    delete container.image
  delete copy.spec?.tolerations
  delete copy.spec?.nodeName
  return copy.spec
}
