'use client'

import Box from '@mui/material/Box'
import IconButton from '@mui/material/IconButton'
import Skeleton from '@mui/material/Skeleton'
import Table from '@mui/material/Table'
import TableBody from '@mui/material/TableBody'
import TableCell from '@mui/material/TableCell'
import TableContainer from '@mui/material/TableContainer'
import TableHead from '@mui/material/TableHead'
import TableRow from '@mui/material/TableRow'
import TableSortLabel from '@mui/material/TableSortLabel'
import Typography from '@mui/material/Typography'
import type { ReactNode } from 'react'
import { ErrorPanel } from './error-panel.tsx'
import { NextIcon, PreviousIcon } from './icons.ts'
import type { ListSort } from './list-state.ts'
import { visuallyHidden } from './visually-hidden.ts'

export interface Column<Row> {
  key: string
  label: string
  render: (row: Row) => ReactNode
  /** The property the server sorts by; absent: not sortable. */
  sortBy?: string
  align?: 'right'
  /** Not shown on screens narrower than this. */
  from?: 'sm' | 'md' | 'lg'
  /** For columns of buttons, whose head is for screen readers only. */
  isLabelHidden?: boolean
}

interface DataTableProps<Row> {
  /** Names the table. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[] | undefined
  keyOf: (row: Row) => string
  /** Rows on all pages, when they were counted. */
  total?: number | undefined
  page: number
  pageSize: number
  onPage: (page: number) => void
  sort: ListSort | null
  onSort: (sort: ListSort) => void
  failure: { code?: string; message: string } | null
  /** What stands there when there is no row. */
  empty: ReactNode
  /** Filters, above the head. */
  toolbar?: ReactNode
}

/** A list of the server's, a page at a time. It keeps showing what it has while it looks again. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, keyOf, sort, onSort, failure, empty, toolbar } = props
  const shown = (column: Column<Row>) =>
    column.from ? { display: { xs: 'none', [column.from]: 'table-cell' } } : {}
  return (
    <Box
      sx={{
        border: 1,
        borderColor: 'divider',
        borderRadius: '8px',
        bgcolor: 'background.paper',
        overflow: 'hidden',
      }}
    >
      {toolbar ? (
        <Box
          sx={{
            display: 'flex',
            gap: 1,
            flexWrap: 'wrap',
            px: 1.5,
            py: 1,
            borderBottom: 1,
            borderColor: 'divider',
          }}
        >
          {toolbar}
        </Box>
      ) : null}
      {failure ? (
        <Box sx={{ p: 1.5 }}>
          <ErrorPanel failure={failure} title="This list could not be read" />
        </Box>
      ) : null}
      {rows?.length === 0 ? (
        empty
      ) : (
        <TableContainer>
          <Table aria-label={label} aria-busy={rows === undefined}>
            <TableHead>
              <TableRow>
                {columns.map((column) => (
                  <TableCell
                    key={column.key}
                    align={column.align ?? 'left'}
                    sortDirection={column.sortBy && sort?.by === column.sortBy ? directionOf(sort) : false}
                    sx={shown(column)}
                  >
                    <Head column={column} sort={sort} onSort={onSort} />
                  </TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {rows === undefined && failure === null
                ? ['a', 'b', 'c', 'd'].map((key) => (
                    <TableRow key={key}>
                      {columns.map((column) => (
                        <TableCell key={column.key} sx={shown(column)}>
                          <Skeleton variant="rounded" width="70%" height={14} />
                        </TableCell>
                      ))}
                    </TableRow>
                  ))
                : rows?.map((row) => (
                    <TableRow
                      key={keyOf(row)}
                      sx={{
                        '&:last-of-type td': { borderBottom: 0 },
                        '&:hover': { bgcolor: 'action.hover' },
                      }}
                    >
                      {columns.map((column) => (
                        <TableCell key={column.key} align={column.align ?? 'left'} sx={shown(column)}>
                          {column.render(row)}
                        </TableCell>
                      ))}
                    </TableRow>
                  ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
      <Pager {...props} />
    </Box>
  )
}

const directionOf = (sort: ListSort) => (sort.isDescending ? 'desc' : 'asc')

interface HeadProps<Row> {
  column: Column<Row>
  sort: ListSort | null
  onSort: (sort: ListSort) => void
}

function Head<Row>({ column, sort, onSort }: HeadProps<Row>) {
  const { sortBy, label } = column
  if (column.isLabelHidden) return <span style={visuallyHidden}>{label}</span>
  if (sortBy === undefined) return label
  const isSorted = sort?.by === sortBy
  return (
    <TableSortLabel
      active={isSorted}
      direction={isSorted ? directionOf(sort) : 'asc'}
      onClick={() => onSort({ by: sortBy, isDescending: isSorted && !sort.isDescending })}
      sx={{ '& .MuiTableSortLabel-icon': { width: 14, height: 14 } }}
    >
      {label}
    </TableSortLabel>
  )
}

type PagerProps = Pick<DataTableProps<unknown>, 'page' | 'pageSize' | 'total' | 'onPage'> & {
  rows: readonly unknown[] | undefined
}

function Pager({ page, pageSize, total, rows, onPage }: PagerProps) {
  const count = rows?.length ?? 0
  const first = (page - 1) * pageSize + 1
  const hasMore = total === undefined ? count === pageSize : first + count - 1 < total
  if (page === 1 && !hasMore) return null
  return (
    <Box
      component="nav"
      aria-label="Pages"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 0.5,
        px: 1.5,
        py: 0.75,
        borderTop: 1,
        borderColor: 'divider',
      }}
    >
      <Typography
        variant="caption"
        sx={{ color: 'text.tertiary', flex: 1, fontVariantNumeric: 'tabular-nums' }}
      >
        {count > 0 ? `${first}–${first + count - 1}` : 'No rows on this page'}
        {total === undefined ? '' : ` of ${total.toLocaleString('en')}`}
      </Typography>
      <IconButton
        size="small"
        aria-label="Previous page"
        disabled={page === 1}
        onClick={() => onPage(page - 1)}
      >
        <PreviousIcon aria-hidden />
      </IconButton>
      <IconButton size="small" aria-label="Next page" disabled={!hasMore} onClick={() => onPage(page + 1)}>
        <NextIcon aria-hidden />
      </IconButton>
    </Box>
  )
}
