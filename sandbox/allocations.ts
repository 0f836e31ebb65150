import type { Service } from 'kubernetes-types/core/v1'
import { kindNamed } from './kinds.ts'
import { invalidValue, type Cause } from './status-errors.ts'
import type { Store } from './store.ts'
import type { KubeObject } from './trees.ts'

const firstNodePort = 30_000
const lastNodePort = 32_767

/** Gives a Service its cluster IP and node ports, or keeps those it has; changes the object it is given. */
export function allocateForService(store: Store, next: KubeObject, before: KubeObject | undefined): Cause[] {
  const service = next as unknown as Service
  const old = (before as unknown as Service | undefined)?.spec
  const { spec } = service
  if (!spec || spec.type === 'ExternalName') return []
  const causes: Cause[] = []
  const others = store
    .list(kindNamed('Service'))
    .filter(
      (other) =>
        other.metadata.name !== next.metadata.name || other.metadata.namespace !== next.metadata.namespace,
    )
    .map((other) => (other as unknown as Service).spec)

  spec.clusterIP ??= old?.clusterIP ?? ''
  const usedAddresses = new Set(others.map((other) => other?.clusterIP))
  if (spec.clusterIP === '') {
    let number = 10
    while (usedAddresses.has(`10.96.${number >> 8}.${number & 255}`)) number++
    spec.clusterIP = `10.96.${number >> 8}.${number & 255}`
  } else if (spec.clusterIP !== 'None' && spec.clusterIP !== old?.clusterIP) {
    const why = !spec.clusterIP.startsWith('10.96.')
      ? `the provided network does not match the current range`
      : usedAddresses.has(spec.clusterIP) && 'provided IP is already allocated'
    if (why)
      causes.push(
        invalidValue('spec.clusterIPs', [spec.clusterIP], `failed to allocate IP ${spec.clusterIP}: ${why}`),
      )
  }
  spec.clusterIPs = [spec.clusterIP]

  if (spec.type === 'ClusterIP') {
    delete spec.externalTrafficPolicy
    for (const port of spec.ports ?? [])
      if (old?.ports?.some((other) => other.nodePort === port.nodePort)) delete port.nodePort
    return causes
  }
  const used = new Set(others.flatMap((other) => (other?.ports ?? []).map((port) => port.nodePort)))
  for (const port of spec.ports ?? [])
    port.nodePort ??= old?.ports?.find(
      (other) => other.port === port.port && other.protocol === port.protocol,
    )?.nodePort
  for (const [index, port] of (spec.ports ?? []).entries()) {
    const field = `spec.ports[${index}].nodePort`
    if (!port.nodePort) {
      port.nodePort = firstNodePort
      while (
        used.has(port.nodePort) ||
        spec.ports?.some((other) => other !== port && other.nodePort === port.nodePort)
      )
        port.nodePort++
    } else if (port.nodePort < firstNodePort || port.nodePort > lastNodePort)
      causes.push(
        invalidValue(
          field,
          port.nodePort,
          `provided port is not in the valid range. The range of valid ports is ${firstNodePort}-${lastNodePort}`,
        ),
      )
    else if (used.has(port.nodePort))
      causes.push(invalidValue(field, port.nodePort, 'provided port is already allocated'))
  }
  return causes
}
