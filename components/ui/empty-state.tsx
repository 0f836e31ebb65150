import Box from '@mui/material/Box'
import Typography from '@mui/material/Typography'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  icon?: ReactNode
  title: string
  /** Where it is all there is on the page. */
  isPageTitle?: boolean
  /** What this is, for somebody who sees it for the first time. */
  children?: ReactNode
  action?: ReactNode
}

/** What stands where there is nothing yet: says what would be here and how to get it. */
export function EmptyState({ icon, title, isPageTitle = false, children, action }: EmptyStateProps) {
  return (
    <Box
      sx={{
        display: 'grid',
        justifyItems: 'center',
        textAlign: 'center',
        px: 3,
        py: { xs: 5, sm: 7 },
        gap: 0.75,
      }}
    >
      {icon ? (
        <Box
          aria-hidden
          sx={{
            display: 'grid',
            placeItems: 'center',
            width: 40,
            height: 40,
            mb: 1,
            borderRadius: '8px',
            border: 1,
            borderColor: 'divider',
            bgcolor: 'background.sunken',
            color: 'text.secondary',
            '& svg': { width: 18, height: 18, strokeWidth: 1.6 },
          }}
        >
          {icon}
        </Box>
      ) : null}
      <Typography variant="h2" component={isPageTitle ? 'h1' : 'p'}>
        {title}
      </Typography>
      {children ? (
        <Typography
          variant="body1"
          component="div"
          sx={{ color: 'text.secondary', maxWidth: '52ch', textWrap: 'pretty' }}
        >
          {children}
        </Typography>
      ) : null}
      {action ? <Box sx={{ mt: 1.75, display: 'flex', gap: 1 }}>{action}</Box> : null}
    </Box>
  )
}
