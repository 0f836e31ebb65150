'use client'

import IconButton from '@mui/material/IconButton'
import Link from '@mui/material/Link'
import type { Column } from '#components/ui/data-table.tsx'
import { DeleteIcon, DownloadIcon, ShowIcon } from '#components/ui/icons.ts'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { Tip } from '#components/ui/tip.tsx'
import type { LibraryItem } from '#lib/domain/library.ts'
import { libraryContentAddress } from '#lib/queries/library.ts'
import { canPreview } from './can-preview.ts'
import { formatBytes } from './library-words.ts'

interface LibraryColumnOptions {
  namespace: string
  canChange: boolean
  onPreview: (item: LibraryItem) => void
  onDelete: (item: LibraryItem) => void
}

export function libraryColumns(options: LibraryColumnOptions): readonly Column<LibraryItem>[] {
  const { namespace, canChange, onPreview, onDelete } = options
  return [
    {
      key: 'name',
      label: 'Name',
      sortBy: 'name',
      render: (item) => (
        <Link
          href={libraryContentAddress(namespace, item)}
          download
          sx={{ color: 'text.primary', fontWeight: 500, overflowWrap: 'anywhere' }}
        >
          {item.name}
        </Link>
      ),
    },
    { key: 'type', label: 'Type', sortBy: 'fileType', from: 'md', render: (item) => item.fileType },
    {
      key: 'size',
      label: 'Size',
      sortBy: 'contentSize',
      align: 'right',
      render: (item) => (
        <span title={`${item.contentSize.toLocaleString('en')} bytes`} style={{ whiteSpace: 'nowrap' }}>
          {formatBytes(item.contentSize)}
        </span>
      ),
    },
    {
      key: 'changed',
      label: 'Changed',
      sortBy: 'changedAt',
      from: 'sm',
      render: (item) => <RelativeTime at={item.changedAt} />,
    },
    {
      key: 'actions',
      label: 'Actions',
      isLabelHidden: true,
      align: 'right',
      render: (item) => (
        <span style={{ whiteSpace: 'nowrap' }}>
          {canPreview(item) && (
            <Tip title="Preview">
              <IconButton size="small" aria-label={`Preview ${item.name}`} onClick={() => onPreview(item)}>
                <ShowIcon aria-hidden />
              </IconButton>
            </Tip>
          )}
          <Tip title="Download">
            <IconButton
              size="small"
              component="a"
              href={libraryContentAddress(namespace, item)}
              download
              aria-label={`Download ${item.name}`}
            >
              <DownloadIcon aria-hidden />
            </IconButton>
          </Tip>
          {canChange && (
            <Tip title="Delete">
              <IconButton size="small" aria-label={`Delete ${item.name}`} onClick={() => onDelete(item)}>
                <DeleteIcon aria-hidden />
              </IconButton>
            </Tip>
          )}
        </span>
      ),
    },
  ]
}
