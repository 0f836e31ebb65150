import type { NodeSelectorTerm, PersistentVolumeClaim, Pod } from 'kubernetes-types/core/v1'
import { kindNamed } from './kinds.ts'
import { quantity } from './quantities.ts'
import { expressionMatches } from './selectors.ts'
import type { Store } from './store.ts'

/** The one node there is. */
export const nodeName = 'sandbox-node'

export const nodeLabels: Record<string, string> = {
  'kubernetes.io/hostname': nodeName,
  'kubernetes.io/os': 'linux',
  'kubernetes.io/arch': 'amd64',
}

const capacity: Record<string, number> = {
  cpu: 16,
  memory: quantity('64Gi'),
  'ephemeral-storage': quantity('500Gi'),
  pods: 110,
}

/** Why the node cannot take the pod, in the scheduler's words; undefined when it can. */
export function findObstacle(store: Store, pod: Pod): string | undefined {
  const why = findReason(store, pod)
  if (!why) return undefined
  return `0/1 nodes are available: ${why}. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.`
}

function findReason(store: Store, pod: Pod): string | undefined {
  for (const volume of pod.spec?.volumes ?? []) {
    const claimName = volume.persistentVolumeClaim?.claimName
    if (!claimName) continue
    const claim = store.get(
      kindNamed('PersistentVolumeClaim'),
      pod.metadata?.namespace,
      claimName,
    ) as unknown as PersistentVolumeClaim | undefined
    if (!claim) return `persistentvolumeclaim "${claimName}" not found`
    if (claim.metadata?.deletionTimestamp) return `persistentvolumeclaim "${claimName}" is being deleted`
    if (claim.status?.phase !== 'Bound') return 'pod has unbound immediate PersistentVolumeClaims'
  }
  const { nodeSelector = {}, affinity, containers = [] } = pod.spec ?? {}
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  const isSelected = Object.entries(nodeSelector).every(([key, value]) => nodeLabels[key] === value)
  if (!isSelected || (terms && !terms.some(termMatches)))
    return "1 node(s) didn't match Pod's node affinity/selector"
  const lacking = new Set<string>()
  for (const [name, wanted] of Object.entries(sumRequests(containers)))
    if (wanted > (capacity[name] ?? 0)) lacking.add(`1 Insufficient ${name}`)
  return lacking.size > 0 ? [...lacking].join(', ') : undefined
}

function termMatches({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm): boolean {
  return (
    matchExpressions.every((one) => expressionMatches(one, nodeLabels)) &&
    matchFields.every((one) => expressionMatches(one, { 'metadata.name': nodeName }))
  )
}

function sumRequests(
  containers: { resources?: { requests?: Record<string, unknown> } }[],
): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { resources } of containers)
    for (const [name, wanted] of Object.entries(resources?.requests ?? {}))
      sums[name] = (sums[name] ?? 0) + quantity(String(wanted))
  return sums
}
