import Box from '@mui/material/Box'
import Typography from '@mui/material/Typography'
import type { ReactNode } from 'react'
import { InfoIcon, WarningIcon } from '#components/ui/icons.ts'

interface NoticeProps {
  tone: 'info' | 'warning'
  title: ReactNode
  children?: ReactNode
  actions?: ReactNode
}

/** Something to know before going on; it stays until it is no longer so. */
export function Notice({ tone, title, children, actions }: NoticeProps) {
  return (
    <Box
      component="output"
      sx={{
        display: 'grid',
        gridTemplateColumns: 'auto minmax(0, 1fr)',
        columnGap: 1.25,
        p: 1.5,
        borderRadius: '8px',
        bgcolor: `${tone}.light`,
      }}
    >
      <Box
        component={tone === 'info' ? InfoIcon : WarningIcon}
        aria-hidden
        sx={{ width: 16, height: 16, mt: '2px', color: `${tone}.main` }}
      />
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="h4" component="p">
          {title}
        </Typography>
        {children && (
          <Typography variant="body2" component="div" sx={{ color: 'text.secondary', mt: 0.25 }}>
            {children}
          </Typography>
        )}
        {actions && <Box sx={{ mt: 1, display: 'flex', gap: 1, flexWrap: 'wrap' }}>{actions}</Box>}
      </Box>
    </Box>
  )
}
