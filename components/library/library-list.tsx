'use client'

import Button from '@mui/material/Button'
import InputAdornment from '@mui/material/InputAdornment'
import OutlinedInput from '@mui/material/OutlinedInput'
import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useEffect, useRef, useState } from 'react'
import { useNamespace } from '#components/shell/namespace-context.tsx'
import { DataTable } from '#components/ui/data-table.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LibraryIcon, SearchIcon, UploadIcon } from '#components/ui/icons.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { useToast } from '#components/ui/toasts.tsx'
import { useListState } from '#components/ui/use-list-state.ts'
import type { ActionResult } from '#lib/domain/action-result.ts'
import type { LibraryItem, LibraryResource } from '#lib/domain/library.ts'
import { libraryQuery } from '#lib/queries/library.ts'
import { describeFailure } from '#lib/queries/request-failure.ts'
import { useRefetch } from '#lib/queries/use-refetch.ts'
import { DropZone } from './drop-zone.tsx'
import { libraryColumns } from './library-columns.tsx'
import { libraryFilters, libraryPageSize, toLibraryQuery } from './library-list-state.ts'
import { libraryWords } from './library-words.ts'
import { useUploads } from './use-uploads.ts'

const quietMilliseconds = 250

const ConfirmDialog = dynamic(
  () => import('#components/ui/confirm-dialog.tsx').then((part) => part.ConfirmDialog<void>),
  { ssr: false },
)
const PreviewDialog = dynamic(() => import('./preview-dialog.tsx').then((part) => part.PreviewDialog), {
  ssr: false,
})
const UploadPanel = dynamic(() => import('./upload-panel.tsx').then((part) => part.UploadPanel), {
  ssr: false,
})

interface LibraryListProps {
  resource: LibraryResource
  deleteItem: (namespace: string, resource: LibraryResource, name: string) => Promise<ActionResult<void>>
}

/** Documents, images or videos of the namespace. */
export function LibraryList({ resource, deleteItem }: LibraryListProps) {
  const { name: namespace, canChange } = useNamespace()
  const { title, singular, description, accept } = libraryWords[resource]
  const list = useListState(libraryFilters)
  const search = list.filters['search'] ?? ''
  const refetch = useRefetch(namespace)
  const showToast = useToast()
  const chooser = useRef<HTMLInputElement>(null)
  const [previewed, setPreviewed] = useState<LibraryItem>()
  const [doomed, setDoomed] = useState<LibraryItem>()
  const uploads = useUploads(namespace, resource, (names) =>
    showToast(names.length === 1 ? <>Stored {names[0]}</> : <>Stored {names.length} files</>),
  )
  const { data, error } = useQuery(libraryQuery(namespace, resource, toLibraryQuery(list)))
  const uploadButton = canChange ? (
    <Button
      variant="contained"
      color="primary"
      startIcon={<UploadIcon aria-hidden />}
      onClick={() => chooser.current?.click()}
    >
      Upload
    </Button>
  ) : undefined

  return (
    <>
      <PageHeader title={title} description={description} actions={uploadButton} />
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label={`Choose ${title.toLowerCase()} to upload`}
        {...(accept ? { accept } : {})}
        onChange={(event) => {
          uploads.add(event.target.files ?? [])
          // The same file can be chosen again after it was taken out.
          event.target.value = ''
        }}
      />
      <DropZone label={`Drop to upload ${title.toLowerCase()}`} isEnabled={canChange} onFiles={uploads.add}>
        {uploads.uploads.length > 0 && (
          <UploadPanel
            uploads={uploads.uploads}
            isSending={uploads.isSending}
            onRename={uploads.rename}
            onRemove={uploads.remove}
            onSend={() => void uploads.send()}
          />
        )}
        <DataTable
          label={title}
          columns={libraryColumns({ namespace, canChange, onPreview: setPreviewed, onDelete: setDoomed })}
          rows={data?.rows}
          keyOf={({ name }) => name}
          total={data?.total}
          page={list.page}
          pageSize={libraryPageSize}
          onPage={list.setPage}
          sort={list.sort ?? { by: 'name', isDescending: false }}
          onSort={list.setSort}
          failure={error ? describeFailure(error) : null}
          toolbar={
            <SearchField
              value={search}
              label={`Find a ${singular} by its name`}
              onChange={(value) => list.setFilter('search', value === '' ? null : value)}
            />
          }
          empty={
            search === '' ? (
              <EmptyState icon={<LibraryIcon />} title={`No ${title.toLowerCase()} yet`}>
                {canChange ? `Press Upload, or drop files here. ` : ''}A deploy mounts them as files: choose
                Mount Resource in a File option.
              </EmptyState>
            ) : (
              <EmptyState
                title={`No ${singular} has “${search}” in its name`}
                action={<Button onClick={list.clearFilters}>Clear the filter</Button>}
              />
            )
          }
        />
      </DropZone>
      {previewed && (
        <PreviewDialog namespace={namespace} item={previewed} onClose={() => setPreviewed(undefined)} />
      )}
      <ConfirmDialog
        isOpen={doomed !== undefined}
        onClose={() => setDoomed(undefined)}
        title={`Delete ${doomed?.name ?? ''}?`}
        confirmLabel="Delete"
        isDestructive
        action={() => deleteItem(namespace, resource, doomed?.name ?? '')}
        onDone={() => {
          showToast(<>Deleted {doomed?.name}</>)
          refetch('library')
        }}
      >
        Installations that mount it keep what they were deployed with. Deploying one of them anew needs a{' '}
        {singular} of this name again.
      </ConfirmDialog>
    </>
  )
}

interface SearchFieldProps {
  value: string
  label: string
  onChange: (value: string) => void
}

/** Types at once, asks after a pause. */
function SearchField({ value, label, onChange }: SearchFieldProps) {
  const [typed, setTyped] = useState(value)
  const [known, setKnown] = useState(value)
  // Going back in the history changes the filter from outside.
  if (known !== value) {
    setKnown(value)
    setTyped(value)
  }
  const report = useRef(onChange)
  useEffect(() => {
    report.current = onChange
  })
  useEffect(() => {
    if (typed === value) return undefined
    const timer = setTimeout(() => report.current(typed), quietMilliseconds)
    return () => clearTimeout(timer)
  }, [typed, value])
  return (
    <OutlinedInput
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      placeholder="Filter by name"
      size="small"
      type="search"
      sx={{ flex: '1 1 200px', maxWidth: 360, '& input': { pl: 0 } }}
      startAdornment={
        <InputAdornment position="start">
          <SearchIcon size={15} aria-hidden />
        </InputAdornment>
      }
      slotProps={{ input: { 'aria-label': label, maxLength: 200 } }}
    />
  )
}
