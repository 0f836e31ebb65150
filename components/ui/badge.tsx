'use client'

import Box from '@mui/material/Box'
import type { ComponentType, SVGProps } from 'react'
import { spin } from './motion.ts'

export type Tone = 'success' | 'info' | 'neutral' | 'warning' | 'error'

interface BadgeProps {
  tone: Tone
  icon: ComponentType<SVGProps<SVGSVGElement>>
  word: string
  /** Turns the icon: something is under way. */
  isMoving?: boolean
  /** Without the tinted ground, for use inside running text and dense tables. */
  isPlain?: boolean
}

/** Icon, word and colour, always together: colour alone says nothing. */
export function Badge({ tone, icon, word, isMoving = false, isPlain = false }: BadgeProps) {
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.75,
        whiteSpace: 'nowrap',
        fontSize: '0.75rem',
        fontWeight: 550,
        lineHeight: '20px',
        color: `${tone}.main`,
        ...(isPlain ? {} : { bgcolor: `${tone}.light`, borderRadius: '5px', px: 0.875, py: '1px' }),
      }}
    >
      <Box
        component={icon}
        aria-hidden
        sx={{ width: 13, height: 13, flexShrink: 0, ...(isMoving ? spin : {}) }}
      />
      {word}
    </Box>
  )
}
