import { createTheme } from '@mui/material/styles'
import '@mui/material/themeCssVarsAugmentation'
import { darkPalette, lightPalette } from './theme-palette.ts'
import { parts } from './theme-parts.ts'
import { typography } from './theme-type.ts'

/** The attribute on <html> that carries the scheme; the script in the layout sets it before the first paint. */
export const schemeAttribute = 'data-scheme'

export const theme = createTheme({
  cssVariables: { cssVarPrefix: 'windlass', colorSchemeSelector: schemeAttribute },
  colorSchemes: { light: { palette: lightPalette }, dark: { palette: darkPalette } },
  typography,
  shape: { borderRadius: 6 },
  transitions: {
    duration: {
      shortest: 80,
      shorter: 100,
      short: 120,
      standard: 140,
      enteringScreen: 140,
      leavingScreen: 100,
    },
  },
  components: {
    ...parts,
    MuiCssBaseline: {
      styleOverrides: {
        html: { colorScheme: 'light', WebkitTextSizeAdjust: '100%' },
        [`html[${schemeAttribute}="dark"]`]: { colorScheme: 'dark' },
        body: {
          fontSize: '0.875rem',
          fontFeatureSettings: '"cv05", "cv08", "ss03"',
          textRendering: 'optimizeLegibility',
          WebkitFontSmoothing: 'antialiased',
        },
        code: { fontFamily: 'ui-monospace, Menlo, Consolas, monospace', fontSize: '0.92em' },
        '::selection': { backgroundColor: 'var(--windlass-palette-accent-light)' },
        '@media (prefers-reduced-motion: reduce)': {
          '*, *::before, *::after': {
            animationDuration: '0.01ms !important',
            animationIterationCount: '1 !important',
            transitionDuration: '0.01ms !important',
            scrollBehavior: 'auto !important',
          },
        },
      },
    },
  },
})
