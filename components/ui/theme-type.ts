import type { TypographyVariantsOptions } from '@mui/material/styles'

declare module '@mui/material/styles' {
  interface TypographyVariants {
    mono: React.CSSProperties
  }
  interface TypographyVariantsOptions {
    mono?: React.CSSProperties
  }
}
declare module '@mui/material/Typography' {
  interface TypographyPropsVariantOverrides {
    mono: true
  }
}

const sans = 'var(--font-sans), ui-sans-serif, system-ui, -apple-system, "Segoe UI", sans-serif'
export const mono = 'ui-monospace, "SF Mono", "Cascadia Mono", "Segoe UI Mono", Menlo, Consolas, monospace'

/** 12 · 13 · 14 · 16 · 21. Size and weight carry the hierarchy; nothing is upper case. */
export const typography: TypographyVariantsOptions = {
  fontFamily: sans,
  fontWeightMedium: 500,
  fontWeightBold: 600,
  h1: { fontSize: '1.3125rem', lineHeight: 1.3, fontWeight: 620, letterSpacing: '-0.018em' },
  h2: { fontSize: '1rem', lineHeight: 1.4, fontWeight: 600, letterSpacing: '-0.011em' },
  h3: { fontSize: '0.875rem', lineHeight: 1.45, fontWeight: 600, letterSpacing: '-0.006em' },
  h4: { fontSize: '0.8125rem', lineHeight: 1.45, fontWeight: 600 },
  body1: { fontSize: '0.875rem', lineHeight: 1.55, letterSpacing: '-0.003em' },
  body2: { fontSize: '0.8125rem', lineHeight: 1.5 },
  caption: { fontSize: '0.75rem', lineHeight: 1.45, letterSpacing: '0.002em' },
  subtitle2: { fontSize: '0.8125rem', lineHeight: 1.5, fontWeight: 500 },
  button: {
    fontSize: '0.8125rem',
    lineHeight: 1.25,
    fontWeight: 550,
    textTransform: 'none',
    letterSpacing: 0,
  },
  mono: { fontFamily: mono, fontSize: '0.78125rem', lineHeight: 1.55, letterSpacing: 0 },
}
