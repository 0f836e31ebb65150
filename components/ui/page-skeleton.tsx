import Box from '@mui/material/Box'
import Skeleton from '@mui/material/Skeleton'

/** The outline of a page that is on its way: head, and a list. */
export function PageSkeleton() {
  return (
    <Box aria-busy="true" aria-label="Loading">
      <Skeleton variant="rounded" width={220} height={26} sx={{ mb: 1.5 }} />
      <Skeleton variant="rounded" width="min(420px, 80%)" height={16} sx={{ mb: 4 }} />
      <Box
        sx={{
          border: 1,
          borderColor: 'divider',
          borderRadius: '8px',
          overflow: 'hidden',
          bgcolor: 'background.paper',
        }}
      >
        {['92%', '76%', '84%', '68%', '88%'].map((width) => (
          <Box key={width} sx={{ px: 2, py: 1.625, borderBottom: 1, borderColor: 'divider' }}>
            <Skeleton variant="rounded" width={width} height={14} />
          </Box>
        ))}
      </Box>
    </Box>
  )
}
