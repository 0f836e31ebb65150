'use client'

import { useQuery } from '@tanstack/react-query'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import dynamic from 'next/dynamic'
import { Fragment, useState } from 'react'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { DataTable, type Column } from '#components/ui/data-table.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { AddIcon, TokenIcon } from '#components/ui/icons.ts'
import { toListQuery } from '#components/ui/list-state.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { useListState } from '#components/ui/use-list-state.ts'
import { useNow } from '#components/ui/use-now.ts'
import type { TokenRow } from '#lib/domain/access.ts'
import { describeFailure } from '#lib/queries/request-failure.ts'
import { queries } from '#lib/queries/resources.ts'
import { useRefetch } from '#lib/queries/use-refetch.ts'
import { tokenFilters, tokensPageSize, type TokenActions } from './token-actions.ts'

const NewTokenForm = dynamic(() => import('./new-token-form.tsx').then((part) => part.NewTokenForm), {
  ssr: false,
})
const FormDialog = dynamic(() => import('#components/ui/form-dialog.tsx').then((part) => part.FormDialog), {
  ssr: false,
})
const ShownOnceDialog = dynamic(
  () => import('./shown-once-dialog.tsx').then((part) => part.ShownOnceDialog),
  {
    ssr: false,
  },
)
const RevokeDialog = dynamic(() => import('./revoke-dialog.tsx').then((part) => part.RevokeDialog), {
  ssr: false,
})

interface TokensPageProps {
  clusterNames: readonly string[]
  actions: TokenActions
}

/** The namespace's access tokens. */
export function TokensPage({ clusterNames, actions }: TokensPageProps) {
  const { name: namespace, canChange } = useNamespace()
  const list = useListState(tokenFilters)
  const { data, error } = useQuery(queries.tokens(namespace, toListQuery(list, { pageSize: tokensPageSize })))
  const refetch = useRefetch(namespace)
  const [isAdding, setIsAdding] = useState(false)
  const [created, setCreated] = useState<{ name: string; token: string } | null>(null)
  const [revoking, setRevoking] = useState<TokenRow | null>(null)
  const create = (
    <Button
      variant="contained"
      color="primary"
      startIcon={<AddIcon aria-hidden />}
      onClick={() => setIsAdding(true)}
    >
      New
    </Button>
  )
  return (
    <>
      <PageHeader
        title="Tokens"
        description="For workers and for programs. A token is shown once, when it is made; revoking it works within a second."
        actions={canChange && data?.rows.length !== 0 ? create : undefined}
      />
      <DataTable
        label="Tokens"
        columns={[
          ...columns,
          {
            key: 'revoke',
            label: 'Actions',
            isLabelHidden: true,
            align: 'right',
            render: (token) => (
              <Button size="small" aria-label={`Revoke ${token.name}`} onClick={() => setRevoking(token)}>
                Revoke
              </Button>
            ),
          },
        ]}
        rows={data?.rows}
        keyOf={(token) => token.name}
        total={data?.total}
        page={list.page}
        pageSize={tokensPageSize}
        onPage={list.setPage}
        sort={list.sort}
        onSort={list.setSort}
        failure={error ? describeFailure(error) : null}
        empty={
          <EmptyState icon={<TokenIcon />} title="No tokens yet" action={create}>
            A worker needs one to fetch its work; a cluster’s Connect page makes it. Programs that use the
            REST API need one of their own.
          </EmptyState>
        }
      />
      {isAdding ? (
        <FormDialog title="New token" isOpen onClose={() => setIsAdding(false)}>
          <NewTokenForm
            clusterNames={clusterNames}
            createToken={actions.createToken}
            onClose={() => setIsAdding(false)}
            onDone={(token) => {
              setCreated({ name: token.name, token: token.token })
              refetch('token')
            }}
          />
        </FormDialog>
      ) : null}
      {created ? (
        <ShownOnceDialog
          title={`Token ${created?.name ?? ''}`}
          label="access token"
          value={created?.token ?? null}
          onClose={() => setCreated(null)}
        >
          It is not stored and will not be shown again. Lost, it is revoked and replaced by another one.
        </ShownOnceDialog>
      ) : null}
      {revoking ? (
        <RevokeDialog token={revoking} onClose={() => setRevoking(null)} revokeToken={actions.revokeToken} />
      ) : null}
    </>
  )
}

const columns: readonly Column<TokenRow>[] = [
  {
    key: 'name',
    label: 'Name',
    sortBy: 'name',
    render: (token) => <Box sx={{ fontWeight: 550, overflowWrap: 'anywhere' }}>{token.name}</Box>,
  },
  {
    key: 'profile',
    label: 'Profile',
    render: (token) => (
      <Box sx={{ overflowWrap: 'break-word' }}>
        <code>
          {/* A profile breaks where its parts end, not inside a word. */}
          {token.profile.split(/(?<=\.)|(?=__)/).map((part) => (
            <Fragment key={part}>
              {part}
              <wbr />
            </Fragment>
          ))}
        </code>
        {token.clusters.length > 0 ? (
          <Box sx={{ color: 'text.tertiary', fontSize: '0.75rem' }}>for {token.clusters.join(', ')}</Box>
        ) : null}
      </Box>
    ),
  },
  { key: 'owner', label: 'Owner', from: 'md', render: (token) => token.owner ?? 'the namespace' },
  {
    key: 'used',
    label: 'Last used',
    sortBy: 'lastUsedAt',
    from: 'sm',
    render: (token) => (token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} /> : 'never'),
  },
  {
    key: 'expires',
    label: 'Expires',
    sortBy: 'expiresAt',
    from: 'md',
    render: (token) => (token.expiresAt ? <Expiry at={token.expiresAt} /> : 'never'),
  },
  {
    key: 'created',
    label: 'Created',
    sortBy: 'createdAt',
    from: 'lg',
    render: (token) => (
      <>
        <RelativeTime at={token.createdAt} /> by {token.createdBy}
      </>
    ),
  },
]

function Expiry({ at }: { at: string }) {
  const isOver = useNow((now) => Date.parse(at) <= now, false)
  return (
    <Box component="span" sx={isOver ? { color: 'warning.main' } : {}}>
      {isOver ? 'expired ' : ''}
      <RelativeTime at={at} />
    </Box>
  )
}
