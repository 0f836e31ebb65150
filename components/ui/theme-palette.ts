import type { PaletteOptions } from '@mui/material/styles'

declare module '@mui/material/styles' {
  interface TypeBackground {
    /** Behind quoted things: code, read-only values, table heads. */
    sunken: string
  }
  interface TypeText {
    /** Captions and hints; still readable at 4.5 : 1 on every background. */
    tertiary: string
  }
  interface Palette {
    neutral: Palette['primary']
    /** Links, focus, selection. Never a status. */
    accent: Palette['primary']
  }
  interface PaletteOptions {
    neutral?: PaletteOptions['primary']
    accent?: PaletteOptions['primary']
  }
}

/** Paper and iron: cool greys, ink for the one action that matters, sea for what can be followed. */
export const lightPalette: PaletteOptions = {
  mode: 'light',
  primary: { main: '#161b1f', dark: '#2b3339', light: '#3b454d', contrastText: '#ffffff' },
  secondary: { main: '#55616a', contrastText: '#ffffff' },
  accent: { main: '#0a6b7c', dark: '#085464', light: '#e4f2f4', contrastText: '#ffffff' },
  neutral: { main: '#55616a', dark: '#3b454d', light: '#eef0f2', contrastText: '#ffffff' },
  success: { main: '#12733f', dark: '#0d5a31', light: '#e3f4ea', contrastText: '#ffffff' },
  info: { main: '#2457c5', dark: '#1c459d', light: '#e7eefc', contrastText: '#ffffff' },
  warning: { main: '#8f5400', dark: '#704200', light: '#fdf0dc', contrastText: '#ffffff' },
  error: { main: '#c02026', dark: '#9c191e', light: '#fdeaea', contrastText: '#ffffff' },
  background: { default: '#fafbfb', paper: '#ffffff', sunken: '#f3f5f6' },
  text: { primary: '#161b1f', secondary: '#4d5860', tertiary: '#626e77', disabled: '#98a2a9' },
  divider: '#e2e6e9',
  action: {
    hover: 'rgba(22, 27, 31, 0.045)',
    selected: 'rgba(22, 27, 31, 0.07)',
    focus: 'rgba(22, 27, 31, 0.08)',
    disabled: '#98a2a9',
    disabledBackground: '#eceff1',
  },
}

export const darkPalette: PaletteOptions = {
  mode: 'dark',
  primary: { main: '#eceff1', dark: '#ffffff', light: '#cfd6da', contrastText: '#12161a' },
  secondary: { main: '#a0abb3', contrastText: '#12161a' },
  accent: { main: '#67c7d6', dark: '#8fd8e3', light: '#11313a', contrastText: '#0c1013' },
  neutral: { main: '#a0abb3', dark: '#cfd6da', light: '#20272c', contrastText: '#0c1013' },
  success: { main: '#63cf94', dark: '#8cdfb1', light: '#10301f', contrastText: '#0c1013' },
  info: { main: '#86aef7', dark: '#abc8fb', light: '#14264a', contrastText: '#0c1013' },
  warning: { main: '#e7ad57', dark: '#f0c585', light: '#362509', contrastText: '#0c1013' },
  error: { main: '#f58a88', dark: '#f9b0ae', light: '#421819', contrastText: '#0c1013' },
  background: { default: '#0c1013', paper: '#12171b', sunken: '#0f1417' },
  text: { primary: '#e8ecee', secondary: '#a6b1b8', tertiary: '#8b969e', disabled: '#5b666e' },
  divider: '#242c32',
  action: {
    hover: 'rgba(232, 236, 238, 0.055)',
    selected: 'rgba(232, 236, 238, 0.09)',
    focus: 'rgba(232, 236, 238, 0.1)',
    disabled: '#5b666e',
    disabledBackground: '#1c2328',
  },
}
