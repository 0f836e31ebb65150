import Box from '@mui/material/Box'
import Typography from '@mui/material/Typography'
import { useId, type ReactNode } from 'react'

interface PanelProps {
  title: ReactNode
  description?: ReactNode
  actions?: ReactNode
  /** Without padding, for tables and lists that draw their own lines. */
  isFlush?: boolean
  children: ReactNode
}

/** A titled part of a page, inside one border. */
export function Panel({ title, description, actions, isFlush = false, children }: PanelProps) {
  const id = useId()
  return (
    <Box
      component="section"
      aria-labelledby={id}
      sx={{
        border: 1,
        borderColor: 'divider',
        borderRadius: '8px',
        bgcolor: 'background.paper',
        overflow: 'hidden',
      }}
    >
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1.5,
          flexWrap: 'wrap',
          px: 2,
          py: 1.25,
          minHeight: 48,
          ...(isFlush ? { borderBottom: 1, borderColor: 'divider' } : {}),
        }}
      >
        <Box sx={{ flex: '1 1 100px', minWidth: 0 }}>
          <Typography id={id} variant="h3" component="h2">
            {title}
          </Typography>
          {description ? (
            <Typography variant="caption" component="div" sx={{ color: 'text.tertiary' }}>
              {description}
            </Typography>
          ) : null}
        </Box>
        {actions ? (
          <Box
            sx={{ display: 'flex', alignItems: 'center', gap: 1, flexWrap: 'wrap', fontSize: '0.8125rem' }}
          >
            {actions}
          </Box>
        ) : null}
      </Box>
      <Box sx={isFlush ? {} : { px: 2, pb: 2 }}>{children}</Box>
    </Box>
  )
}
