import type { PodSpec } from 'kubernetes-types/core/v1'
import { checkName, checkPort, checkPortName, isAddress, label, labelRule } from './name-rules.ts'
import { quantity } from './quantities.ts'
import { duplicateValue, forbiddenValue, invalidValue, requiredValue, type Cause } from './status-errors.ts'
import type { KubeObject } from './trees.ts'

const environmentName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/

export function checkPodSpec(spec: PodSpec, field: string, claims: string[] = []): Cause[] {
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

export function mutablePodPartsRemoved(pod: KubeObject): unknown {
  const copy = structuredClone(pod) as { spec?: PodSpec }
  for (const container of [...(copy.spec?.containers ?? []), ...(copy.spec?.initContainers ?? [])])
    delete container.image
  delete copy.spec?.tolerations
  delete copy.spec?.nodeName
  return copy.spec
}
