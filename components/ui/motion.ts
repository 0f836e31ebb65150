import { keyframes } from '@emotion/react'

const turn = keyframes({ to: { transform: 'rotate(360deg)' } })
const breathe = keyframes({ '0%, 100%': { opacity: 1 }, '50%': { opacity: 0.35 } })

/** For icons of things under way. Reduced motion stills all of it, in the theme. */
export const spin = { animation: `${turn} 1.1s linear infinite` } as const
export const pulse = { animation: `${breathe} 2.4s ease-in-out infinite` } as const
