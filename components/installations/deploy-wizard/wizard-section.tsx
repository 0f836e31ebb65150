import Box from '@mui/material/Box'
import Typography from '@mui/material/Typography'
import type { ReactNode } from 'react'
import { SectionMark } from './section-mark.tsx'
import { sections, type SectionNumber, type SectionState } from './sections.ts'

interface WizardSectionProps {
  number: SectionNumber
  state: SectionState
  description?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

export function WizardSection({ number, state, description, actions, children }: WizardSectionProps) {
  const section = sections[number - 1]
  if (!section) return null
  const titleId = `${section.id}-title`
  return (
    <Box
      component="section"
      id={section.id}
      aria-labelledby={titleId}
      sx={{
        minWidth: 0,
        border: 1,
        borderColor: 'divider',
        borderRadius: '8px',
        bgcolor: 'background.paper',
        p: { xs: 2, sm: 2.5 },
        scrollMarginTop: 72,
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1.25, mb: 2, flexWrap: 'wrap' }}>
        <SectionMark number={number} state={{ ...state, isDone: false }} />
        <Box sx={{ flex: '1 1 200px', minWidth: 0 }}>
          <Typography id={titleId} variant="h2" tabIndex={-1} sx={{ outline: 'none' }}>
            {section.title}
          </Typography>
          {description ? (
            <Typography variant="body2" component="div" sx={{ color: 'text.secondary', mt: 0.25 }}>
              {description}
            </Typography>
          ) : null}
        </Box>
        {actions}
      </Box>
      {children}
    </Box>
  )
}
