'use client'

import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LockIcon } from '#components/ui/icons.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { useWorkitemToast } from '#components/workitems/use-workitem-toast.tsx'
import type { WorkitemActions } from '#components/workitems/workitem-actions.ts'
import type { ActionResult } from '#lib/domain/action-result.ts'
import { addresses } from '#lib/domain/addresses.ts'
import type { Cluster } from '#lib/domain/cluster.ts'
import type { Installation } from '#lib/domain/installation.ts'
import type { Workitem } from '#lib/domain/workitem.ts'
import { useRefetch } from '#lib/queries/use-refetch.ts'
import { DeployWizard } from './deploy-wizard.tsx'
import type { DeployCommand } from './form-values.ts'

interface DeployPageProps {
  user: string
  cluster: Cluster
  /** What is updated; absent for a new one. */
  installation?: Installation
  deploy: (
    namespace: string,
    cluster: string,
    command: DeployCommand,
    requestId: string,
  ) => Promise<ActionResult<Workitem>>
  cancel: WorkitemActions['cancel']
}

/** The wizard in its page: where it leads, and what is said there. */
export function DeployPage({ user, cluster, installation, deploy, cancel }: DeployPageProps) {
  const { name: namespace, canChange } = useNamespace()
  const router = useRouter()
  const panel = addresses.cluster(namespace, cluster.name)
  const deployHere = useMemo(
    () => (command: DeployCommand, requestId: string) => deploy(namespace, cluster.name, command, requestId),
    [deploy, namespace, cluster.name],
  )

  const announce = useWorkitemToast(cancel)
  const refetch = useRefetch(namespace)

  const leave = (workitem: Workitem) => {
    refetch('workitem', 'installation')
    announce(workitem)
    router.push(panel)
  }

  return (
    <>
      <PageHeader
        title={installation ? `Update ${installation.name}` : 'Deploy'}
        trail={[
          { label: 'Clusters', href: addresses.clusters(namespace) },
          { label: cluster.name, href: panel },
        ]}
        description={
          installation
            ? `Revision ${installation.revision}, deployed by ${installation.installedBy}. What you change here becomes the next one.`
            : `A new installation on cluster ${cluster.name}.`
        }
      />
      {canChange ? (
        <DeployWizard
          namespace={namespace}
          user={user}
          cluster={cluster}
          {...(installation ? { installation } : {})}
          deploy={deployHere}
          onDeployed={leave}
        />
      ) : (
        <EmptyState
          icon={<LockIcon />}
          title="Deploying needs the role admin"
          action={<ButtonLink href={panel}>Back to {cluster.name}</ButtonLink>}
        >
          You can look at everything in this namespace and change nothing.
        </EmptyState>
      )}
    </>
  )
}
