import type { Kind } from './kinds.ts'
import { isTree, treeAt, type KubeObject, type Tree } from './trees.ts'

type Column = [name: string, cell: (object: KubeObject) => unknown, isWide?: boolean]

function age(since: unknown): string {
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(String(since))) / 1000))
  if (Number.isNaN(seconds)) return '<unknown>'
  if (seconds < 120) return `${seconds}s`
  if (seconds < 7200) return `${Math.floor(seconds / 60)}m`
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`
}

/** Fields as cells show them; what is printed is checked against the schema before it is stored. */
type Fields = Record<string, string | undefined>

const items = (value: unknown): Fields[] => (Array.isArray(value) ? (value.filter(isTree) as Fields[]) : [])
const size = (object: KubeObject, ...fields: string[]): number =>
  fields.reduce((sum, field) => sum + Object.keys(treeAt(object, field)).length, 0)
const spec = (object: KubeObject): Fields => treeAt(object, 'spec') as Fields
const status = (object: KubeObject): Fields => treeAt(object, 'status') as Fields
const orNone = (value: unknown): unknown => (value === undefined || value === '' ? '<none>' : value)

const name: Column = ['Name', ({ metadata }) => metadata.name]
const created: Column = ['Age', ({ metadata }) => age(metadata.creationTimestamp)]

/** A pod's state in one word, as kubectl shows it. */
export function podState(pod: KubeObject): string {
  if (pod.metadata.deletionTimestamp) return 'Terminating'
  for (const container of items(status(pod).containerStatuses)) {
    const { waiting, terminated } = treeAt(container, 'state') as Record<string, Fields | undefined>
    const reason = waiting?.reason ?? terminated?.reason
    if (reason) return reason
  }
  return String(status(pod).phase)
}

function printPorts(service: KubeObject): string {
  const ports = items(spec(service).ports)
  return ports
    .map(({ port, nodePort, protocol }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`)
    .join(',')
}

const columns: Record<string, Column[]> = {
  Pod: [
    name,
    [
      'Ready',
      (pod) => {
        const all = items(status(pod).containerStatuses)
        return `${all.filter((one) => one.ready).length}/${items(spec(pod).containers).length}`
      },
    ],
    ['Status', podState],
    [
      'Restarts',
      (pod) =>
        String(items(status(pod).containerStatuses).reduce((sum, one) => sum + Number(one.restartCount), 0)),
    ],
    created,
    ['IP', (pod) => orNone(status(pod).podIP), true],
    ['Node', (pod) => orNone(spec(pod).nodeName), true],
  ],
  StatefulSet: [
    name,
    ['Ready', (set) => `${Number(status(set).readyReplicas ?? 0)}/${Number(spec(set).replicas)}`],
    created,
    [
      'Containers',
      (set) =>
        items(treeAt(set, 'spec', 'template', 'spec').containers)
          .map((one) => one.name)
          .join(','),
      true,
    ],
    [
      'Images',
      (set) =>
        items(treeAt(set, 'spec', 'template', 'spec').containers)
          .map((one) => one.image)
          .join(','),
      true,
    ],
  ],
  Service: [
    name,
    ['Type', (service) => spec(service).type],
    ['Cluster-IP', (service) => orNone(spec(service).clusterIP)],
    ['External-IP', (service) => (spec(service).type === 'LoadBalancer' ? '<pending>' : '<none>')],
    ['Port(s)', (service) => orNone(printPorts(service))],
    created,
    [
      'Selector',
      (service) =>
        orNone(
          Object.entries(treeAt(service, 'spec', 'selector'))
            .map((pair) => pair.join('='))
            .join(','),
        ),
      true,
    ],
  ],
  ConfigMap: [name, ['Data', (map) => size(map, 'data', 'binaryData')], created],
  Secret: [name, ['Type', (secret) => secret.type], ['Data', (secret) => size(secret, 'data')], created],
  Ingress: [
    name,
    ['Class', (ingress) => orNone(spec(ingress).ingressClassName)],
    [
      'Hosts',
      (ingress) =>
        items(spec(ingress).rules)
          .map((rule) => rule.host ?? '*')
          .join(',') || '*',
    ],
    ['Address', () => ''],
    ['Ports', (ingress) => (items(spec(ingress).tls).length > 0 ? '80, 443' : '80')],
    created,
  ],
  PersistentVolumeClaim: [
    name,
    ['Status', (claim) => (claim.metadata.deletionTimestamp ? 'Terminating' : status(claim).phase)],
    ['Volume', (claim) => spec(claim).volumeName ?? ''],
    ['Capacity', (claim) => treeAt(claim, 'status', 'capacity').storage ?? ''],
    ['Access Modes', (claim) => shortModes(spec(claim).accessModes)],
    ['StorageClass', (claim) => spec(claim).storageClassName ?? ''],
    created,
  ],
  PersistentVolume: [
    name,
    ['Capacity', (volume) => treeAt(volume, 'spec', 'capacity').storage ?? ''],
    ['Access Modes', (volume) => shortModes(spec(volume).accessModes)],
    ['Reclaim Policy', (volume) => spec(volume).persistentVolumeReclaimPolicy],
    ['Status', (volume) => status(volume).phase],
    [
      'Claim',
      (volume) => {
        const claim = treeAt(volume, 'spec', 'claimRef') as Fields
        return claim.name ? `${claim.namespace}/${claim.name}` : ''
      },
    ],
    ['StorageClass', (volume) => spec(volume).storageClassName ?? ''],
    created,
  ],
  Namespace: [name, ['Status', (namespace) => status(namespace).phase], created],
  Event: [
    ['Last Seen', (event) => age(event.lastTimestamp ?? event.metadata.creationTimestamp)],
    ['Type', (event) => event.type],
    ['Reason', (event) => event.reason],
    ['Object', (event) => printObject(treeAt(event, 'involvedObject') as Fields)],
    ['Message', (event) => String(event.message).trim()],
  ],
}

function printObject({ kind = '', name = '' }: Fields): string {
  return `${kind.toLowerCase()}/${name}`
}

function shortModes(modes: unknown): string {
  return (Array.isArray(modes) ? modes : []).map((mode) => String(mode).replaceAll(/[a-z]/g, '')).join(',')
}

/** The `Table` that `kubectl get` asks for. */
export function toTable(
  kind: Kind,
  objects: KubeObject[],
  metadata: Tree,
  includeObject: string | null,
): Tree {
  const shown = columns[kind.kind] ?? [name, created]
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: shown.map(([title, , isWide]) => ({
      name: title,
      type: 'string',
      format: title === 'Name' ? 'name' : '',
      description: '',
      priority: isWide ? 1 : 0,
    })),
    rows: objects.map((object) => ({
      cells: shown.map(([, cell]) => cell(object)),
      object:
        includeObject === 'Object'
          ? object
          : { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata },
    })),
  }
}
