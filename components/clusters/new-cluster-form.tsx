'use client'

import Box from '@mui/material/Box'
import { useRouter } from 'next/navigation'
import { useWatch } from 'react-hook-form'
import { FormShell } from '#components/form/form-shell.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useCheckedForm } from '#components/form/use-checked-form.ts'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { addresses } from '#lib/domain/addresses.ts'
import { defaultIngressNode } from '#lib/domain/ingress-node.ts'
import { useRefetch } from '#lib/queries/use-refetch.ts'
import type { CreateCluster } from './cluster-actions.ts'

const loadSchema = () => import('./new-cluster-schema.ts').then((part) => part.NewCluster)

export function NewClusterForm({ createCluster }: { createCluster: CreateCluster }) {
  const { name: namespace } = useNamespace()
  const router = useRouter()
  const refetch = useRefetch(namespace)
  const { control, submit, error, loading } = useCheckedForm({
    schema: loadSchema,
    defaultValues: { name: '', ingressDefaultNode: '', ingressClassName: '' },
    action: (given) => createCluster(namespace, given),
    onDone: (cluster) => {
      refetch('cluster')
      router.push(addresses.connect(namespace, cluster.name))
    },
  })
  const name = useWatch({ control, name: 'name' })
  const generated = defaultIngressNode(name === '' ? '<name>' : name)
  return (
    <Box sx={{ maxWidth: 520 }}>
      <FormShell
        label="New cluster"
        onSubmit={submit}
        error={error}
        loading={loading}
        submitLabel="Create"
        loadingLabel="Creating"
        cancelHref={addresses.clusters(namespace)}
        note="Next: a worker for this cluster."
      >
        <TextField
          control={control}
          name="name"
          label="Name"
          required
          isCode
          help="Workers are configured with this name, so it cannot be changed later."
        />
        <TextField
          control={control}
          name="ingressDefaultNode"
          label="Ingress Default Node"
          isCode
          placeholder={name === '' ? '' : generated}
          help={
            name === '' ? (
              'The host of an inbound port that names none of its own.'
            ) : (
              <>
                The host of an inbound port that names none of its own. Left empty, it is{' '}
                <code>{generated}</code>.
              </>
            )
          }
        />
        <TextField
          control={control}
          name="ingressClassName"
          label="Ingress Class Name"
          isCode
          placeholder="nginx"
          help="Which ingress controller serves the Ingresses. Left empty, the cluster’s default one."
        />
      </FormShell>
    </Box>
  )
}
