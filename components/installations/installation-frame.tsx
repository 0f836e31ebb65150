'use client'

import { useQuery } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { StatusBadge } from '#components/statuses/status-badge.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { EditIcon, InstallationIcon } from '#components/ui/icons.ts'
import { LinkTabs } from '#components/ui/link-tabs.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PageSkeleton } from '#components/ui/page-skeleton.tsx'
import type { WorkitemActions } from '#components/workitems/workitem-actions.ts'
import { addresses } from '#lib/domain/addresses.ts'
import { describeFailure, RequestFailure } from '#lib/queries/request-failure.ts'
import { queries } from '#lib/queries/resources.ts'
import type { InstallationActions } from './installation-actions.ts'
import { InstallationMenu } from './installation-menu.tsx'

interface InstallationFrameProps {
  clusterName: string
  installationName: string
  actions: InstallationActions
  cancel: WorkitemActions['cancel']
  children: ReactNode
}

const tabs = [
  { tab: 'overview', label: 'Overview' },
  { tab: 'objects', label: 'Objects' },
] as const

/** Head, menu and tabs of one installation. */
export function InstallationFrame(props: InstallationFrameProps) {
  const { clusterName, installationName, actions, cancel, children } = props
  const { name: namespace, canChange } = useNamespace()
  const pathname = usePathname()
  const { data: installation, error } = useQuery(queries.installation(namespace, installationName))
  if (error instanceof RequestFailure && error.status === 404) {
    return <Gone namespace={namespace} clusterName={clusterName} installationName={installationName} />
  }
  if (!installation) {
    return error ? (
      <ErrorPanel failure={describeFailure(error)} title="This installation could not be read" />
    ) : (
      <PageSkeleton />
    )
  }
  return (
    <>
      <PageHeader
        title={installation.name}
        trail={[
          { label: 'Clusters', href: addresses.clusters(namespace) },
          { label: clusterName, href: addresses.cluster(namespace, clusterName) },
        ]}
        aside={<StatusBadge of="installation" status={installation.installationStatus} />}
        actions={
          canChange ? (
            <>
              <InstallationMenu installation={installation} actions={actions} cancel={cancel} />
              <ButtonLink
                href={addresses.installation(namespace, clusterName, installation.name, 'edit')}
                variant="contained"
                color="primary"
                startIcon={<EditIcon aria-hidden />}
              >
                Update
              </ButtonLink>
            </>
          ) : undefined
        }
      />
      <LinkTabs
        label={`Installation ${installation.name}`}
        tabs={tabs.map(({ tab, label }) => {
          const href = addresses.installation(namespace, clusterName, installation.name, tab)
          return { label, href, isHere: pathname === href }
        })}
      />
      {children}
    </>
  )
}

/** It was there, and an undeploy has taken it away while somebody looked. */
function Gone({
  namespace,
  clusterName,
  installationName,
}: {
  namespace: string
  clusterName: string
  installationName: string
}) {
  const history = `${addresses.workitems(namespace)}?view=history&installationName=${encodeURIComponent(installationName)}`
  return (
    <EmptyState
      icon={<InstallationIcon />}
      title={`${installationName} is not installed any more`}
      isPageTitle
      action={
        <>
          <ButtonLink href={addresses.cluster(namespace, clusterName)}>Go to {clusterName}</ButtonLink>
          <ButtonLink href={history}>Its history</ButtonLink>
        </>
      }
    >
      It was undeployed: everything that was generated for it is removed. The history of its work items is
      kept.
    </EmptyState>
  )
}
