import type { StatefulSet } from 'kubernetes-types/apps/v1'
import type { ConfigMap, Secret, Service, VolumeProjection } from 'kubernetes-types/core/v1'
import type { ObjectMeta } from 'kubernetes-types/meta/v1'
import type { Ingress } from 'kubernetes-types/networking/v1'
import {
  checksumAnnotation,
  headlessServiceName,
  ownershipLabels,
  revisionAnnotation,
  type KubernetesObject,
  type Ownership,
} from '#lib/domain/kubernetes-object.ts'
import { environmentSecretKey, portKey } from '#lib/domain/numbering.ts'
import type { Draft, MountedFolder, PortDraft, RenderContext } from './draft.ts'
import { shortHash } from './encoding.ts'
import { numberedName } from './item-renderers.ts'

export interface ObjectContext extends RenderContext {
  k8sNamespace: string
  ownership: Ownership
  /** A number, or the preview's placeholder for it. */
  revision: number | string
  checksum(text: string): string
}

/** A draft as objects, in the order to apply. */
export function cutIntoObjects(draft: Draft, context: ObjectContext): KubernetesObject[] {
  const configMaps = [...draft.folders.values()]
    .filter((folder) => folder.configMapContent.size > 0)
    .map((folder) => configMapOf(folder, context))
  const secrets = [...draft.folders.values()]
    .filter((folder) => folder.secretContent.size > 0)
    .map((folder) => secretOf(folder.path, folder.secretContent, context))
  if (draft.secretVariables.size > 0) {
    secrets.push(secretOf(environmentSecretKey, draft.secretVariables, context))
  }
  const objects = [
    ...configMaps,
    ...secrets,
    headlessServiceOf(draft, context),
    ...draft.ports.map((port) => serviceOf(port, context)),
    statefulSetOf(draft, checksumOf([...configMaps, ...secrets], context), context),
    ...draft.ports.filter(({ item }) => item.protocol === 'TCP').map((port) => ingressOf(port, context)),
  ]
  return objects as unknown as KubernetesObject[]
}

/** Which pods are ours. A StatefulSet's selector cannot change, so nothing a user can change is in it. */
function selectorOf(context: ObjectContext): Record<string, string> {
  return {
    'app.kubernetes.io/name': context.installationName,
    'app.kubernetes.io/instance': context.installationName,
    [ownershipLabels.installationId]: context.ownership.installationId,
  }
}

function labelsOf(context: ObjectContext): Record<string, string> {
  return {
    'app.kubernetes.io/managed-by': 'windlass',
    'app.kubernetes.io/name': context.installationName,
    'app.kubernetes.io/instance': context.installationName,
    [ownershipLabels.consoleId]: context.ownership.consoleId,
    [ownershipLabels.namespaceId]: context.ownership.namespaceId,
    [ownershipLabels.clusterId]: context.ownership.clusterId,
    [ownershipLabels.installationId]: context.ownership.installationId,
  }
}

function metadataOf(name: string, context: ObjectContext): ObjectMeta & { name: string } {
  return {
    name,
    namespace: context.k8sNamespace,
    labels: labelsOf(context),
    annotations: { [revisionAnnotation]: String(context.revision) },
  }
}

function configMapOf(folder: MountedFolder, context: ObjectContext): ConfigMap {
  const data: Record<string, string> = {}
  const binaryData: Record<string, string> = {}
  for (const [key, content] of sortedEntries(folder.configMapContent)) {
    if ('text' in content) data[key] = content.text
    else binaryData[key] = content.base64
  }
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadataOf(numberedName('configmap', 'configMaps', folder.path, context), context),
    ...(Object.keys(data).length > 0 && { data }),
    ...(Object.keys(binaryData).length > 0 && { binaryData }),
  }
}

function secretOf(numberedBy: string, content: Map<string, string>, context: ObjectContext): Secret {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadataOf(numberedName('secret', 'secrets', numberedBy, context), context),
    type: 'Opaque',
    data: Object.fromEntries(sortedEntries(content)),
  }
}

function headlessServiceOf(draft: Draft, context: ObjectContext): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(headlessServiceName(context.installationName), context),
    spec: {
      clusterIP: 'None',
      selector: selectorOf(context),
      ...(draft.ports.length > 0 && { ports: draft.ports.map(({ servicePort }) => servicePort) }),
    },
  }
}

function serviceOf({ item, servicePort, serviceName }: PortDraft, context: ObjectContext): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(serviceName, context),
    spec: {
      type: item.serviceType ?? 'NodePort',
      ...(item.clusterIP !== undefined && { clusterIP: item.clusterIP }),
      selector: selectorOf(context),
      ports: [servicePort],
    },
  }
}

function ingressOf({ item, serviceName }: PortDraft, context: ObjectContext): Ingress {
  const name = numberedName('ingress', 'ingresses', portKey(item.protocol, item.port), context)
  const backend = { service: { name: serviceName, port: { number: item.port } } }
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadataOf(name, context),
    spec: {
      ...(context.cluster.ingressClassName !== null && {
        ingressClassName: context.cluster.ingressClassName,
      }),
      rules: [
        {
          host: item.host ?? context.cluster.ingressDefaultNode,
          http: { paths: [{ path: '/', pathType: 'Prefix', backend }] },
        },
      ],
    },
  }
}

function statefulSetOf(draft: Draft, checksum: string | null, context: ObjectContext): StatefulSet {
  const folders = [...draft.folders.values()]
  const volumeName = (folder: MountedFolder) => `files-${shortHash(folder.path)}`
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadataOf(context.installationName, context),
    spec: {
      replicas: draft.replicaCount,
      serviceName: headlessServiceName(context.installationName),
      selector: { matchLabels: selectorOf(context) },
      template: {
        metadata: {
          labels: labelsOf(context),
          ...(checksum !== null && { annotations: { [checksumAnnotation]: checksum } }),
        },
        spec: {
          ...draft.pod,
          containers: [
            {
              ...draft.container,
              ...(folders.length > 0 && {
                volumeMounts: folders.map((folder) => ({
                  name: volumeName(folder),
                  mountPath: folder.path,
                })),
              }),
            },
          ],
          ...(folders.length > 0 && {
            volumes: folders.map((folder) => ({
              name: volumeName(folder),
              projected: { sources: projectionsOf(folder, context) },
            })),
          }),
        },
      },
    },
  }
}

function projectionsOf(folder: MountedFolder, context: ObjectContext): VolumeProjection[] {
  return folder.sources.map(({ kind, name, items }) =>
    kind === 'configMap'
      ? { configMap: { name: name ?? numberedName('configmap', 'configMaps', folder.path, context), items } }
      : { secret: { name: name ?? numberedName('secret', 'secrets', folder.path, context), items } },
  )
}

/** Over what pods read from generated objects, whatever the order of the config; null when they read nothing. */
function checksumOf(objects: (ConfigMap | Secret)[], context: ObjectContext): string | null {
  if (objects.length === 0) return null
  const parts = objects.map((object) => [
    object.kind,
    object.metadata?.name,
    object.data ?? {},
    'binaryData' in object ? (object.binaryData ?? {}) : {},
  ])
  return context.checksum(JSON.stringify(parts.map((part) => JSON.stringify(part)).sort()))
}

/** By key, in code unit order, so that the order of items changes no object. */
function sortedEntries<Value>(map: Map<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1))
}
