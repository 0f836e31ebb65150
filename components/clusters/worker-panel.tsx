'use client'

import { useNamespace } from '#components/shell/namespace-context.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { FactList } from '#components/ui/fact-list.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { addresses } from '#lib/domain/addresses.ts'
import type { Cluster } from '#lib/domain/cluster.ts'

const modeWords = { once: 'once (a CronJob)', daemon: 'daemon' } as const

/** What the worker last said about itself and its cluster. */
export function WorkerPanel({ cluster }: { cluster: Cluster }) {
  const { name: namespace, canChange } = useNamespace()
  const unknown = 'not known yet'
  return (
    <Panel
      title="Worker"
      actions={
        canChange && !cluster.simulated && cluster.workerLastSeen !== null ? (
          <ButtonLink size="small" href={addresses.connect(namespace, cluster.name)}>
            Connect
          </ButtonLink>
        ) : undefined
      }
    >
      <FactList
        facts={[
          {
            label: 'Last contact',
            value: cluster.workerLastSeen ? <RelativeTime at={cluster.workerLastSeen} /> : 'never',
          },
          { label: 'Version', value: cluster.workerVersion ?? unknown },
          { label: 'Mode', value: cluster.workerMode ? modeWords[cluster.workerMode] : unknown },
          { label: 'Kubernetes', value: cluster.k8sVersion ?? unknown },
          {
            label: 'Namespaces',
            value:
              cluster.k8sNamespaces && cluster.k8sNamespaces.length > 0
                ? cluster.k8sNamespaces.join(', ')
                : cluster.workerLastSeen
                  ? 'all, or not told'
                  : unknown,
          },
          { label: 'Ingress node', value: <code>{cluster.ingressDefaultNode}</code> },
          {
            label: 'Ingress class',
            value: cluster.ingressClassName ? (
              <code>{cluster.ingressClassName}</code>
            ) : (
              'the cluster’s default'
            ),
          },
          {
            label: 'Operations',
            value: `${cluster.lifecycleOperationCount.toLocaleString('en')} requested so far`,
          },
        ]}
      />
    </Panel>
  )
}
