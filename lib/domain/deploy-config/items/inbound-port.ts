import { z } from 'zod'
import { ipFamily, ipIdentity } from '../../ip-addresses.ts'
import { describeNameFault, nameRules, quote } from '../../kubernetes-names.ts'
import { headlessServiceName } from '../../kubernetes-object.ts'
import { portKey } from '../../numbering.ts'
import { nameField, ruledText } from '../../ruled-text.ts'
import { PortNumber } from '../fields.ts'
import {
  textOf,
  type CheckContext,
  type Claim,
  type Given,
  type ItemFault,
  type ItemTypeRules,
} from '../item-type.ts'

/** A host as an Ingress takes it: a DNS name or a wildcard, no IP address. */
const IngressHost = ruledText('ingressHost', (host) => {
  if (ipFamily(host)) return `${quote(host)} must be a DNS name, not an IP address.`
  const { dns1123Subdomain, wildcardDns1123Subdomain } = nameRules
  return describeNameFault(host, host.startsWith('*') ? wildcardDns1123Subdomain : dns1123Subdomain)
})

const ClusterIp = ruledText('clusterIP', (text) =>
  text === 'None' || ipFamily(text) ? undefined : `${quote(text)} must be 'None' or a valid IP address.`,
)

export const InboundPortItem = z.strictObject({
  type: z.literal('inboundPort'),
  port: PortNumber,
  protocol: z.enum(['TCP', 'UDP']),
  host: IngressHost.optional(),
  portName: nameField(nameRules.ianaServiceName).optional(),
  serviceType: z.enum(['NodePort', 'ClusterIP', 'LoadBalancer']).optional(),
  serviceName: nameField(nameRules.dns1035Label).optional(),
  clusterIP: ClusterIp.optional(),
})
export type InboundPortItem = z.infer<typeof InboundPortItem>

/** Kubernetes wants every port of a Service with several ports named; `tcp-8080` where the user names none. */
export function effectivePortName(item: Pick<InboundPortItem, 'port' | 'protocol' | 'portName'>): string {
  return item.portName ?? `${item.protocol.toLowerCase()}-${item.port}`
}

export const inboundPortRules: ItemTypeRules<typeof InboundPortItem> = {
  schema: InboundPortItem,

  check(given, { installationName }) {
    const faults: ItemFault[] = []
    const serviceType = textOf(given, 'serviceType') ?? 'NodePort'
    if (given['clusterIP'] === 'None' && serviceType !== 'ClusterIP') {
      const message = `'clusterIP' may not be 'None' for a Service of type ${quote(serviceType)}; choose 'ClusterIP'.`
      faults.push({ property: 'clusterIP', rule: 'clusterIPNone', message })
    }
    const serviceName = textOf(given, 'serviceName')
    if (serviceName !== undefined && isGeneratedName(serviceName, installationName)) {
      const message = `${quote(serviceName)} is a name this installation generates; choose another or leave it out.`
      faults.push({ property: 'serviceName', rule: 'reservedName', message })
    }
    return faults
  },

  claims(given, context) {
    return [...portClaims(given), ...hostClaims(given, context), ...serviceClaims(given)]
  },
}

function portClaims(given: Given): Claim[] {
  const { port, protocol } = given
  const isPlain = typeof port === 'number' && (protocol === 'TCP' || protocol === 'UDP')
  const portName = textOf(given, 'portName') ?? (isPlain ? effectivePortName({ port, protocol }) : undefined)
  const claims: Claim[] = []
  if (isPlain) {
    const message = `Port ${port} with protocol ${protocol} is given twice.`
    claims.push({ key: `port ${portKey(protocol, port)}`, property: 'port', rule: 'duplicatePort', message })
  }
  if (portName !== undefined) {
    const message = `Two ports have the name ${quote(portName)}; a port without 'portName' is named after its protocol and number.`
    claims.push({ key: `portName ${portName}`, property: 'portName', rule: 'duplicatePortName', message })
  }
  return claims
}

function hostClaims(given: Given, context: CheckContext): Claim[] {
  if (given['protocol'] !== 'TCP') return []
  const host = textOf(given, 'host') ?? (given['host'] === undefined ? context.ingressDefaultNode : undefined)
  if (host === undefined || host === '') return []
  const isDefault = given['host'] === undefined
  const message = `Two TCP ports have the host ${quote(host)}${isDefault ? ", the cluster's ingress default node" : ''}: give each its own 'host'.`
  return [{ key: `host ${host}`, property: 'host', rule: 'duplicateHost', message }]
}

function serviceClaims(given: Given): Claim[] {
  const claims: Claim[] = []
  const serviceName = textOf(given, 'serviceName')
  if (serviceName !== undefined) {
    const message = `The Service name ${quote(serviceName)} is given twice.`
    claims.push({
      key: `service ${serviceName}`,
      property: 'serviceName',
      rule: 'duplicateServiceName',
      message,
    })
  }
  const address = ipIdentity(textOf(given, 'clusterIP') ?? '')
  if (address !== undefined) {
    const message = `Two Services ask for the address ${quote(String(given['clusterIP']))}.`
    claims.push({ key: `clusterIP ${address}`, property: 'clusterIP', rule: 'duplicateClusterIP', message })
  }
  return claims
}

function isGeneratedName(serviceName: string, installationName: string | undefined): boolean {
  if (installationName === undefined) return false
  const generated = `vantiq-${installationName}-service-`
  return (
    serviceName === headlessServiceName(installationName) ||
    (serviceName.startsWith(generated) && /^[0-9]+$/.test(serviceName.slice(generated.length)))
  )
}
