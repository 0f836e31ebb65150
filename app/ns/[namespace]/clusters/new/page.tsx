import type { Metadata } from 'next'
import { NewClusterForm } from '#components/clusters/new-cluster-form.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { addresses } from '#lib/domain/addresses.ts'
import { createClusterAction } from '../actions.ts'

export const metadata: Metadata = { title: 'New cluster' }

export default async function NewClusterPage({ params }: { params: Promise<{ namespace: string }> }) {
  const namespace = decodeURIComponent((await params).namespace)
  return (
    <>
      <PageHeader
        title="New cluster"
        trail={[{ label: 'Clusters', href: addresses.clusters(namespace) }]}
        description="Records a Kubernetes cluster. Nothing is contacted: a worker inside the cluster will come here."
      />
      <NewClusterForm createCluster={createClusterAction} />
    </>
  )
}
