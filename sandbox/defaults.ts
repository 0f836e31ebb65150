import type { StatefulSet } from 'kubernetes-types/apps/v1'
import type {
  Container,
  Event,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  PodSpec,
  Probe,
  Secret,
  Service,
} from 'kubernetes-types/core/v1'
import { canonicalQuantity } from './quantities.ts'
import type { KubeObject } from './trees.ts'

function fill<T extends object>(target: T, defaults: Partial<T>): void {
  for (const [name, value] of Object.entries(defaults))
    if (target[name as keyof T] === undefined) target[name as keyof T] = value as T[keyof T]
}

/** `nginx` and `nginx:latest` are pulled always, others and digests if not present. */
function pullPolicy(image = ''): string {
  if (image.includes('@')) return 'IfNotPresent'
  const tag = /:([^:/]+)$/.exec(image)?.[1] ?? 'latest'
  return tag === 'latest' ? 'Always' : 'IfNotPresent'
}

function fillProbe(probe: Probe | undefined): void {
  if (!probe) return
  fill(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 })
  if (probe.httpGet) fill(probe.httpGet, { path: '/', scheme: 'HTTP' })
  if (probe.grpc) fill(probe.grpc, { service: '' })
}

function fillContainer(container: Container): void {
  fill(container, {
    imagePullPolicy: pullPolicy(container.image),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    resources: {},
  })
  for (const port of container.ports ?? []) fill(port, { protocol: 'TCP' })
  for (const variable of container.env ?? []) {
    if (variable.valueFrom?.fieldRef) fill(variable.valueFrom.fieldRef, { apiVersion: 'v1' })
    if (variable.value === '') delete variable.value
  }
  for (const mount of container.volumeMounts ?? []) {
    if (mount.readOnly === false) delete mount.readOnly
    if (mount.subPath === '') delete mount.subPath
  }
  canonicalize(container.resources?.limits)
  canonicalize(container.resources?.requests)
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe])
    fillProbe(probe)
}

function canonicalize(quantities: Record<string, string> | undefined): void {
  for (const [name, value] of Object.entries(quantities ?? {}))
    if (quantities) quantities[name] = canonicalQuantity(value)
}

function fillPodSpec(spec: PodSpec): void {
  fill(spec, {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  })
  if (spec.serviceAccountName) spec.serviceAccount = spec.serviceAccountName
  for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])])
    fillContainer(container)
  for (const volume of spec.volumes ?? []) {
    for (const source of [volume.configMap, volume.secret, volume.projected, volume.downwardAPI])
      if (source) fill(source, { defaultMode: 420 })
    if (volume.hostPath) fill(volume.hostPath, { type: '' })
    for (const source of volume.projected?.sources ?? [])
      if (source.serviceAccountToken) fill(source.serviceAccountToken, { expirationSeconds: 3600 })
  }
}

function fillClaim(claim: PersistentVolumeClaim): void {
  if (claim.spec) fill(claim.spec, { volumeMode: 'Filesystem' })
  canonicalize(claim.spec?.resources?.requests)
  fill(claim, { status: { phase: 'Pending' } })
}

function fillStatefulSet(set: StatefulSet): void {
  if (!set.spec) return
  fill(set.spec, {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    updateStrategy: {},
    revisionHistoryLimit: 10,
    persistentVolumeClaimRetentionPolicy: {},
  })
  const { updateStrategy, persistentVolumeClaimRetentionPolicy: retention, template } = set.spec
  if (updateStrategy) {
    fill(updateStrategy, { type: 'RollingUpdate' })
    if (updateStrategy.type === 'RollingUpdate') {
      fill(updateStrategy, { rollingUpdate: {} })
      fill(updateStrategy.rollingUpdate ?? {}, { partition: 0 })
    }
  }
  if (retention) fill(retention, { whenDeleted: 'Retain', whenScaled: 'Retain' })
  if (template?.spec) fillPodSpec(template.spec)
  for (const claim of set.spec.volumeClaimTemplates ?? []) {
    fill(claim, { apiVersion: 'v1', kind: 'PersistentVolumeClaim' })
    fillClaim(claim)
  }
  fill(set, { status: { replicas: 0, availableReplicas: 0 } })
}

function fillService(service: Service): void {
  if (!service.spec) return
  const spec = service.spec
  fill(spec, { type: 'ClusterIP', sessionAffinity: 'None' })
  if (spec.sessionAffinity === 'ClientIP')
    fill(spec, { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } } })
  for (const port of spec.ports ?? []) fill(port, { protocol: 'TCP', targetPort: port.port })
  if (spec.type !== 'ExternalName')
    fill(spec, { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack', internalTrafficPolicy: 'Cluster' })
  if (spec.type === 'NodePort' || spec.type === 'LoadBalancer')
    fill(spec, { externalTrafficPolicy: 'Cluster' })
  if (spec.type === 'LoadBalancer') fill(spec, { allocateLoadBalancerNodePorts: true })
  fill(service, { status: { loadBalancer: {} } })
}

function fillSecret(secret: Secret): void {
  fill(secret, { type: 'Opaque' })
  if (!secret.stringData) return
  const encoded = Object.entries(secret.stringData).map(([key, value]) => [
    key,
    Buffer.from(value).toString('base64'),
  ])
  secret.data = { ...secret.data, ...(Object.fromEntries(encoded) as Record<string, string>) }
  delete secret.stringData
}

const fillers: Record<string, (object: never) => void> = {
  StatefulSet: fillStatefulSet,
  Service: fillService,
  Secret: fillSecret,
  PersistentVolumeClaim: (claim: PersistentVolumeClaim) => {
    if (claim.spec) fill(claim.spec, { storageClassName: 'standard' })
    fillClaim(claim)
  },
  PersistentVolume: (volume: PersistentVolume) => {
    if (volume.spec) fill(volume.spec, { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' })
    fill(volume, { status: { phase: 'Pending' } })
  },
  Pod: (pod: Pod) => {
    if (pod.spec) {
      fill(pod.spec, {
        enableServiceLinks: true,
        serviceAccountName: 'default',
        preemptionPolicy: 'PreemptLowerPriority',
        priority: 0,
      })
      fillPodSpec(pod.spec)
      // Only of pods themselves, not of templates.
      for (const { resources } of pod.spec.containers ?? [])
        if (resources?.limits) resources.requests = { ...resources.limits, ...resources.requests }
    }
    fill(pod, { status: { phase: 'Pending', qosClass: 'BestEffort' } })
  },
  Namespace: (namespace: KubeObject) => {
    namespace.metadata.labels = {
      ...namespace.metadata.labels,
      'kubernetes.io/metadata.name': namespace.metadata.name,
    }
    fill(namespace, { spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } })
  },
  Event: (event: Event) => fill(event, { source: {}, reportingComponent: '', reportingInstance: '' }),
  Ingress: (ingress: KubeObject) => fill(ingress, { status: { loadBalancer: {} } }),
}

/** Fills in what Kubernetes fills in, and writes values the way it stores them; changes the object it is given. */
export function fillDefaults(object: KubeObject): void {
  fillers[object.kind]?.(object as never)
}
