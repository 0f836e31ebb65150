'use client'

import Table from '@mui/material/Table'
import TableBody from '@mui/material/TableBody'
import TableCell from '@mui/material/TableCell'
import TableContainer from '@mui/material/TableContainer'
import TableHead from '@mui/material/TableHead'
import TableRow from '@mui/material/TableRow'
import type { ObjectReference } from '#lib/domain/kubernetes-object.ts'

/** Kubernetes objects by kind and name. */
export function ObjectList({ objects }: { objects: readonly ObjectReference[] }) {
  return (
    <TableContainer>
      <Table aria-label="Objects">
        <TableHead>
          <TableRow>
            <TableCell>Kind</TableCell>
            <TableCell>Name</TableCell>
            <TableCell sx={{ display: { xs: 'none', sm: 'table-cell' } }}>API version</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {objects.map((object) => (
            <TableRow
              key={`${object.apiVersion}/${object.kind}/${object.name}`}
              sx={{ '&:last-of-type td': { border: 0 } }}
            >
              <TableCell>{object.kind}</TableCell>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>
                <code>{object.name}</code>
              </TableCell>
              <TableCell sx={{ display: { xs: 'none', sm: 'table-cell' }, color: 'text.secondary' }}>
                {object.apiVersion}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  )
}
