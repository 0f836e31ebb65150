import Box from '@mui/material/Box'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { addresses } from '#lib/domain/addresses.ts'
import type { Installation } from '#lib/domain/installation.ts'
import { Notice } from './notice.tsx'

interface UpdateNoticeProps {
  namespace: string
  existing: Installation
  clusterName: string
}

/** The name is taken: deploying is an update, or not possible at all. */
export function UpdateNotice({ namespace, existing, clusterName }: UpdateNoticeProps) {
  const isElsewhere = existing.clusterName !== clusterName
  const address = (tab: 'overview' | 'edit') =>
    addresses.installation(namespace, existing.clusterName, existing.name, tab)
  return (
    <Box sx={{ mt: 2 }}>
      {isElsewhere ? (
        <Notice
          tone="warning"
          title={`${existing.name} is an installation of cluster ${existing.clusterName}`}
          actions={
            <ButtonLink size="small" href={address('overview')}>
              Open it
            </ButtonLink>
          }
        >
          A name stands for one installation in the namespace. Choose another one here.
        </Notice>
      ) : (
        <Notice
          tone="warning"
          title={`${existing.name} exists: deploying updates it`}
          actions={
            <ButtonLink size="small" href={address('edit')}>
              Begin with its configuration
            </ButtonLink>
          }
        >
          Revision {existing.revision} in Kubernetes namespace {existing.k8sNamespace}, deployed{' '}
          <RelativeTime at={existing.installationDate} /> by {existing.installedBy}. What you type here
          replaces it as a whole; the difference is shown with the objects.
        </Notice>
      )}
    </Box>
  )
}
