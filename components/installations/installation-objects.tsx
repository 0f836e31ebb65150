'use client'

import { useQuery } from '@tanstack/react-query'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { InstallationIcon } from '#components/ui/icons.ts'
import { Panel } from '#components/ui/panel.tsx'
import { ObjectList } from '#components/workitems/object-list.tsx'
import { queries } from '#lib/queries/resources.ts'

/** What was generated in Kubernetes and exists, as the worker last reported. */
export function InstallationObjects({ installationName }: { installationName: string }) {
  const { name: namespace } = useNamespace()
  const { data: installation } = useQuery(queries.installation(namespace, installationName))
  if (!installation) return null
  const { objects, k8sNamespace } = installation
  return (
    <Panel
      title={`Generated objects · ${objects.length}`}
      description={`In Kubernetes namespace ${k8sNamespace}. An undeploy removes these and nothing else.`}
      isFlush
    >
      {objects.length > 0 ? (
        <ObjectList objects={objects} />
      ) : (
        <EmptyState icon={<InstallationIcon />} title="Nothing was reported yet">
          The objects are listed here when the worker has finished the operation that makes them.
        </EmptyState>
      )}
    </Panel>
  )
}
