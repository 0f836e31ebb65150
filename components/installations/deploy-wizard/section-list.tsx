'use client'

import Box from '@mui/material/Box'
import { SectionMark } from './section-mark.tsx'
import { sections, stateOfSection } from './sections.ts'
import type { Checked } from './use-check.ts'

/** Wide enough for the list to stand beside the form. */
export const besideForm = '@media (min-width: 1000px)'

/** Where one is and what is left; each entry jumps. A column beside the form, a row above it on small screens. */
export function SectionList({ checked, optionCount }: { checked: Checked | undefined; optionCount: number }) {
  return (
    <Box
      component="nav"
      aria-label="Sections"
      sx={{
        position: 'sticky',
        top: 0,
        zIndex: 2,
        alignSelf: 'start',
        bgcolor: 'background.default',
        py: 1,
        borderBottom: 1,
        borderColor: 'divider',
        [besideForm]: { top: 16, py: 0, borderBottom: 0 },
      }}
    >
      <Box
        component="ol"
        sx={{
          listStyle: 'none',
          m: 0,
          p: 0,
          display: 'flex',
          gap: 0.5,
          [besideForm]: { flexDirection: 'column' },
        }}
      >
        {sections.map(({ number, id, title }) => {
          const state = stateOfSection(number, checked)
          return (
            <Box component="li" key={id} sx={{ flex: 1, minWidth: 0, [besideForm]: { flex: 'none' } }}>
              <Box
                component="a"
                href={`#${id}`}
                onClick={(event: React.MouseEvent) => {
                  event.preventDefault()
                  document.getElementById(id)?.scrollIntoView({ behavior: 'smooth' })
                  document.getElementById(`${id}-title`)?.focus({ preventScroll: true })
                }}
                sx={{
                  display: 'flex',
                  alignItems: 'flex-start',
                  justifyContent: { xs: 'center', md: 'flex-start' },
                  gap: 1,
                  p: 1,
                  minHeight: 40,
                  borderRadius: '6px',
                  color: 'text.primary',
                  textDecoration: 'none',
                  '&:hover': { bgcolor: 'action.hover' },
                  '&:focus-visible': { outline: 2, outlineColor: 'accent.main', outlineStyle: 'solid' },
                }}
              >
                <SectionMark number={number} state={state} />
                <Box
                  component="span"
                  sx={{
                    minWidth: 0,
                    fontSize: '0.8125rem',
                    lineHeight: 1.4,
                    pt: '3px',
                    // On a phone the numbers alone are in sight; a screen reader still hears the words.
                    ...({
                      '@media (max-width: 899.95px)': {
                        position: 'absolute',
                        width: '1px',
                        height: '1px',
                        overflow: 'hidden',
                        clipPath: 'inset(50%)',
                      },
                    } as const),
                  }}
                >
                  {title}
                  <Box
                    component="span"
                    sx={{ display: 'block', fontSize: '0.75rem', color: 'text.tertiary' }}
                  >
                    {hint(number, state, optionCount)}
                  </Box>
                </Box>
              </Box>
            </Box>
          )
        })}
      </Box>
    </Box>
  )
}

function hint(number: number, state: { isDone: boolean; faultCount: number }, optionCount: number): string {
  if (state.faultCount > 0)
    return state.faultCount === 1 ? '1 value to correct' : `${state.faultCount} values to correct`
  if (number === 3)
    return optionCount === 1 ? '1 option' : optionCount === 0 ? 'none yet' : `${optionCount} options`
  if (number === 2) return 'optional'
  if (number === 4) return state.isDone ? 'ready' : 'something is missing'
  return state.isDone ? 'complete' : 'to fill in'
}
