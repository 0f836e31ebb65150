import Box from '@mui/material/Box'
import Typography from '@mui/material/Typography'
import type { ReactNode } from 'react'
import { TextLink } from './text-link.tsx'

interface PageHeaderProps {
  title: string
  /** The way back up, outermost first. */
  trail?: readonly { label: string; href: string }[]
  /** Beside the title: badges and the like. */
  aside?: ReactNode
  description?: ReactNode
  /** The page's own actions, the primary one last. */
  actions?: ReactNode
}

/** The head of every page: where one is, what it is, what can be done. */
export function PageHeader({ title, trail = [], aside, description, actions }: PageHeaderProps) {
  return (
    <Box component="header" sx={{ mb: 3 }}>
      {trail.length > 0 ? (
        <Box component="nav" aria-label="Breadcrumb" sx={{ mb: 0.75 }}>
          <Box
            component="ol"
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              gap: 0.75,
              m: 0,
              p: 0,
              listStyle: 'none',
              fontSize: '0.8125rem',
            }}
          >
            {trail.map((step) => (
              <Box component="li" key={step.href} sx={{ display: 'flex', gap: 0.75, color: 'text.tertiary' }}>
                <TextLink href={step.href} isQuiet>
                  {step.label}
                </TextLink>
                <span aria-hidden>/</span>
              </Box>
            ))}
          </Box>
        </Box>
      ) : null}
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 2, flexWrap: 'wrap' }}>
        <Box sx={{ flex: '1 1 280px', minWidth: 0 }}>
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.25, flexWrap: 'wrap', minHeight: 32 }}>
            <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>
              {title}
            </Typography>
            {aside}
          </Box>
          {description ? (
            <Typography
              variant="body1"
              component="div"
              sx={{ color: 'text.secondary', mt: 0.5, maxWidth: '68ch' }}
            >
              {description}
            </Typography>
          ) : null}
        </Box>
        {actions ? <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>{actions}</Box> : null}
      </Box>
    </Box>
  )
}
