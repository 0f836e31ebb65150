'use client'

import { useQuery } from '@tanstack/react-query'
import Box from '@mui/material/Box'
import { InstallationTable } from '#components/installations/installation-table.tsx'
import type { InstallationActions } from '#components/installations/installation-actions.ts'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { WorkerStatus } from '#components/statuses/worker-status.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { ConnectIcon, DeployIcon, SimulatedIcon } from '#components/ui/icons.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PageSkeleton } from '#components/ui/page-skeleton.tsx'
import type { WorkitemActions } from '#components/workitems/workitem-actions.ts'
import { addresses } from '#lib/domain/addresses.ts'
import { describeFailure } from '#lib/queries/request-failure.ts'
import { queries } from '#lib/queries/resources.ts'
import type { DeleteCluster, UpdateCluster } from './cluster-actions.ts'
import { ClusterMenu } from './cluster-menu.tsx'
import { QueuePanel } from './queue-panel.tsx'
import { WorkerPanel } from './worker-panel.tsx'

export interface ClusterPanelProps {
  clusterName: string
  updateCluster: UpdateCluster
  deleteCluster: DeleteCluster
  workitemActions: WorkitemActions
  installationActions: InstallationActions
}

/** One cluster: its worker, its queue, what is installed, and everything that can be asked for. */
export function ClusterPanel(props: ClusterPanelProps) {
  const { clusterName, workitemActions, installationActions } = props
  const { name: namespace, canChange } = useNamespace()
  const { data: cluster, error } = useQuery(queries.cluster(namespace, clusterName))
  if (!cluster) {
    return error ? (
      <ErrorPanel failure={describeFailure(error)} title="This cluster could not be read" />
    ) : (
      <PageSkeleton />
    )
  }
  return (
    <>
      <PageHeader
        title={cluster.name}
        trail={[{ label: 'Clusters', href: addresses.clusters(namespace) }]}
        aside={
          <>
            <WorkerStatus lastSeen={cluster.workerLastSeen} />
            {cluster.simulated ? <Badge tone="neutral" icon={SimulatedIcon} word="Simulated" /> : null}
          </>
        }
        description={
          cluster.simulated
            ? 'An in-memory Kubernetes that came with the start of this console: real objects, no real containers.'
            : undefined
        }
        actions={
          canChange ? (
            <>
              <ClusterMenu
                cluster={cluster}
                updateCluster={props.updateCluster}
                deleteCluster={props.deleteCluster}
              />
              {/* Until a worker has come, this is the next step; later it stands in the worker's panel. */}
              {cluster.workerLastSeen === null ? (
                <ButtonLink
                  href={addresses.connect(namespace, cluster.name)}
                  startIcon={<ConnectIcon aria-hidden />}
                >
                  Connect
                </ButtonLink>
              ) : null}
              <ButtonLink
                href={addresses.newInstallation(namespace, cluster.name)}
                variant="contained"
                color="primary"
                startIcon={<DeployIcon aria-hidden />}
              >
                Deploy
              </ButtonLink>
            </>
          ) : undefined
        }
      />
      <Box
        sx={{
          display: 'grid',
          gap: 2.5,
          gridTemplateColumns: 'minmax(0, 1fr)',
          // Beside each other only where the table keeps all its columns.
          '@media (min-width: 1360px)': { gridTemplateColumns: 'minmax(0, 1fr) 288px' },
          alignItems: 'start',
        }}
      >
        <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <QueuePanel cluster={cluster} actions={workitemActions} />
          <InstallationTable
            cluster={cluster}
            actions={installationActions}
            cancel={workitemActions.cancel}
          />
        </Box>
        <WorkerPanel cluster={cluster} />
      </Box>
    </>
  )
}
