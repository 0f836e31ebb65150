'use client'

import { useWatch } from 'react-hook-form'
import { z } from 'zod'
import { FormShell } from '#components/form/form-shell.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useCheckedForm } from '#components/form/use-checked-form.ts'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { formatProfile, TokenName, TokenProfile, type TokenRow } from '#lib/domain/access.ts'
import type { TokenActions } from './token-actions.ts'

const lifetimes = {
  never: null,
  '30': 30,
  '90': 90,
  '365': 365,
} as const

const NewToken = z
  .object({
    name: TokenName,
    profile: TokenProfile,
    cluster: z.string().optional(),
    days: z.enum(['never', '30', '90', '365']),
  })
  .refine((given) => given.profile !== 'k8sWorker__system' || given.cluster, {
    path: ['cluster'],
    message: 'A worker token names the cluster it serves',
  })
  .transform(({ name, profile, cluster, days }) => ({ name, profile, cluster, days: lifetimes[days] }))

interface NewTokenFormProps {
  clusterNames: readonly string[]
  createToken: TokenActions['createToken']
  onClose: () => void
  onDone: (token: TokenRow & { token: string }) => void
}

const dayMilliseconds = 24 * 60 * 60 * 1000

export function NewTokenForm({ clusterNames, createToken, onClose, onDone }: NewTokenFormProps) {
  const { name: namespace } = useNamespace()
  const { control, submit, error, loading } = useCheckedForm({
    schema: NewToken,
    defaultValues: {
      name: '',
      profile: 'k8sWorker__system' as const,
      cluster: clusterNames[0],
      days: 'never' as const,
    },
    action: ({ name, profile, cluster, days }) =>
      createToken(namespace, {
        name,
        profile: formatProfile(namespace, profile),
        clusters: profile === 'k8sWorker__system' && cluster ? [cluster] : [],
        ...(days === null ? {} : { expiresAt: new Date(Date.now() + days * dayMilliseconds).toISOString() }),
      }),
    onDone: (token) => {
      onClose()
      onDone(token)
    },
  })
  const profile = useWatch({ control, name: 'profile' })
  return (
    <FormShell
      label="New token"
      onSubmit={submit}
      error={error}
      loading={loading}
      submitLabel="Create"
      loadingLabel="Creating"
      onCancel={onClose}
    >
      <TextField control={control} name="name" label="Name" required isCode />
      <SelectField
        control={control}
        name="profile"
        label="Profile"
        required
        options={[
          {
            value: 'k8sWorker__system',
            label: formatProfile(namespace, 'k8sWorker__system'),
            description: 'A worker: work of its cluster, and nothing else',
          },
          {
            value: 'admin',
            label: formatProfile(namespace, 'admin'),
            description: 'Yours: what you may do here',
          },
          { value: 'viewer', label: formatProfile(namespace, 'viewer'), description: 'Yours: reading only' },
        ]}
      />
      {profile === 'k8sWorker__system' ? (
        <SelectField
          control={control}
          name="cluster"
          label="Cluster"
          required
          emptyLabel={clusterNames.length === 0 ? 'There is no cluster yet' : 'Choose a cluster'}
          options={clusterNames.map((name) => ({ value: name, label: name }))}
        />
      ) : null}
      <SelectField
        control={control}
        name="days"
        label="Expires"
        required
        options={[
          { value: 'never', label: 'Never' },
          { value: '30', label: 'In 30 days' },
          { value: '90', label: 'In 90 days' },
          { value: '365', label: 'In a year' },
        ]}
      />
    </FormShell>
  )
}
