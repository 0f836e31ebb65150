'use client'

import Table from '@mui/material/Table'
import TableBody from '@mui/material/TableBody'
import TableCell from '@mui/material/TableCell'
import TableContainer from '@mui/material/TableContainer'
import TableHead from '@mui/material/TableHead'
import TableRow from '@mui/material/TableRow'
import type { Column } from './data-table.tsx'
import { visuallyHidden } from './visually-hidden.ts'

interface PlainTableProps<Row> {
  label: string
  columns: readonly Omit<Column<Row>, 'sortBy'>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
}

/** A short list that is there in full, without order or pages. */
export function PlainTable<Row>({ label, columns, rows, keyOf }: PlainTableProps<Row>) {
  const shown = (from: Column<Row>['from']) => (from ? { display: { xs: 'none', [from]: 'table-cell' } } : {})
  return (
    <TableContainer>
      <Table aria-label={label}>
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableCell key={column.key} align={column.align ?? 'left'} sx={shown(column.from)}>
                {column.isLabelHidden ? <span style={visuallyHidden}>{column.label}</span> : column.label}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={keyOf(row)} sx={{ '&:last-of-type td': { borderBottom: 0 } }}>
              {columns.map((column) => (
                <TableCell key={column.key} align={column.align ?? 'left'} sx={shown(column.from)}>
                  {column.render(row)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  )
}
