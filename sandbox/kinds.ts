import { StatefulSet } from 'kubernetes-models/apps/v1/StatefulSet'
import { SelfSubjectAccessReview } from 'kubernetes-models/authorization.k8s.io/v1/SelfSubjectAccessReview'
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress'
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap'
import { Event } from 'kubernetes-models/v1/Event'
import { Namespace } from 'kubernetes-models/v1/Namespace'
import { PersistentVolume } from 'kubernetes-models/v1/PersistentVolume'
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim'
import { Pod } from 'kubernetes-models/v1/Pod'
import { Secret } from 'kubernetes-models/v1/Secret'
import { Service } from 'kubernetes-models/v1/Service'

/** One resource the sandbox serves. */
export interface Kind {
  group: string
  version: string
  kind: string
  plural: string
  singular: string
  shortNames: string[]
  namespaced: boolean
  /** `all` puts it into `kubectl get all`. */
  categories: string[]
  subresources: string[]
  /** A change of spec counts `metadata.generation` up. */
  generation: boolean
  /** Kubernetes' published schema, as kubernetes-models compiled it. */
  schema: { prototype: { validate(): void } }
}

type Row = [
  schema: Kind['schema'],
  apiVersion: string,
  kind: string,
  shortNames: string,
  rest?: Partial<Kind>,
]

const rows: Row[] = [
  [Namespace, 'v1', 'Namespace', 'ns', { namespaced: false, subresources: ['status'] }],
  [ConfigMap, 'v1', 'ConfigMap', 'cm'],
  [Secret, 'v1', 'Secret', ''],
  [Service, 'v1', 'Service', 'svc', { categories: ['all'], subresources: ['status'] }],
  [Pod, 'v1', 'Pod', 'po', { categories: ['all'], subresources: ['status', 'log'] }],
  [Event, 'v1', 'Event', 'ev'],
  [PersistentVolumeClaim, 'v1', 'PersistentVolumeClaim', 'pvc', { subresources: ['status'] }],
  [PersistentVolume, 'v1', 'PersistentVolume', 'pv', { namespaced: false, subresources: ['status'] }],
  [
    StatefulSet,
    'apps/v1',
    'StatefulSet',
    'sts',
    { categories: ['all'], subresources: ['status', 'scale'], generation: true },
  ],
  [
    Ingress,
    'networking.k8s.io/v1',
    'Ingress',
    'ing',
    { plural: 'ingresses', subresources: ['status'], generation: true },
  ],
  [SelfSubjectAccessReview, 'authorization.k8s.io/v1', 'SelfSubjectAccessReview', '', { namespaced: false }],
]

export const kinds: Kind[] = rows.map(([schema, apiVersion, kind, shortNames, rest]) => {
  const [version = '', group = ''] = apiVersion.split('/').toReversed()
  return {
    group,
    version,
    kind,
    plural: `${kind.toLowerCase()}s`,
    singular: kind.toLowerCase(),
    shortNames: shortNames ? [shortNames] : [],
    namespaced: true,
    categories: [],
    subresources: [],
    generation: false,
    schema,
    ...rest,
  }
})

export function apiVersionOf(kind: Kind): string {
  return kind.group ? `${kind.group}/${kind.version}` : kind.version
}

export function findKind(group: string, version: string, plural: string): Kind | undefined {
  return kinds.find((kind) => kind.group === group && kind.version === version && kind.plural === plural)
}

/** A kind the sandbox itself works with; its absence would be a fault of the table above. */
export function kindNamed(name: string): Kind {
  const found = kinds.find((kind) => kind.kind === name)
  if (!found) throw new Error(`The sandbox has no kind ${name}.`)
  return found
}
