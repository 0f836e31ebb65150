import type { Components, Theme } from '@mui/material/styles'
import { ExpandIcon } from './icons.ts'

const focusRing = (theme: Theme) => ({
  outline: `2px solid ${theme.vars.palette.accent.main}`,
  outlineOffset: 2,
})

/** How MUI's parts look here: borders in place of shadows, 32 px controls, no ripples. */
export const parts: Components<Theme> = {
  MuiButtonBase: {
    defaultProps: { disableRipple: true },
    styleOverrides: {
      root: ({ theme }) => ({ fontFamily: 'inherit', '&.Mui-focusVisible': focusRing(theme) }),
    },
  },
  MuiButton: {
    defaultProps: { disableElevation: true, variant: 'outlined', color: 'inherit' },
    styleOverrides: {
      root: {
        minHeight: 32,
        minWidth: 0,
        padding: '5px 12px',
        borderRadius: 6,
        gap: 6,
        whiteSpace: 'nowrap',
        '@media (pointer: coarse)': { minHeight: 40 },
      },
      sizeSmall: { minHeight: 28, padding: '3px 10px', fontSize: '0.78125rem' },
      outlined: ({ theme }) => ({
        borderColor: theme.vars.palette.divider,
        backgroundColor: theme.vars.palette.background.paper,
        '&:hover': {
          borderColor: `color-mix(in srgb, ${theme.vars.palette.text.primary} 28%, transparent)`,
          backgroundColor: theme.vars.palette.background.paper,
        },
      }),
      startIcon: { margin: 0, '& > svg': { width: 15, height: 15 } },
      endIcon: { margin: 0, '& > svg': { width: 15, height: 15 } },
    },
  },
  MuiIconButton: {
    styleOverrides: {
      root: ({ theme }) => ({
        borderRadius: 6,
        padding: 7,
        color: theme.vars.palette.text.secondary,
        '& svg': { width: 16, height: 16 },
        '&:hover': { color: theme.vars.palette.text.primary },
        '@media (pointer: coarse)': { padding: 12 },
      }),
      sizeSmall: { padding: 5 },
    },
  },
  MuiPaper: {
    defaultProps: { elevation: 0 },
    styleOverrides: { root: { backgroundImage: 'none' } },
  },
  MuiCard: {
    defaultProps: { variant: 'outlined' },
    styleOverrides: {
      root: ({ theme }) => ({ borderRadius: 8, borderColor: theme.vars.palette.divider }),
    },
  },
  MuiOutlinedInput: {
    styleOverrides: {
      root: ({ theme }) => ({
        borderRadius: 6,
        fontSize: '0.875rem',
        backgroundColor: theme.vars.palette.background.paper,
        '& .MuiOutlinedInput-notchedOutline': {
          borderColor: `color-mix(in srgb, ${theme.vars.palette.text.primary} 22%, ${theme.vars.palette.background.paper})`,
        },
        '&:hover:not(.Mui-focused):not(.Mui-error):not(.Mui-disabled) .MuiOutlinedInput-notchedOutline': {
          borderColor: theme.vars.palette.text.tertiary,
        },
        '&.Mui-focused:not(.Mui-error) .MuiOutlinedInput-notchedOutline': {
          borderColor: theme.vars.palette.accent.main,
        },
        '&.Mui-disabled, &.Mui-readOnly': {
          backgroundColor: theme.vars.palette.background.sunken,
          color: theme.vars.palette.text.secondary,
        },
        '@media (pointer: coarse)': { fontSize: '1rem' },
      }),
      input: {
        padding: '7px 11px',
        height: '1.25rem',
        '&::placeholder': { color: 'var(--windlass-palette-text-tertiary)', opacity: 1 },
      },
      multiline: { padding: 0 },
    },
  },
  MuiFormHelperText: {
    styleOverrides: { root: { margin: '5px 0 0', fontSize: '0.75rem', lineHeight: 1.45 } },
  },
  MuiSelect: {
    defaultProps: { IconComponent: ExpandIcon },
    styleOverrides: {
      select: { minHeight: '1.25rem !important' },
      icon: ({ theme }) => ({
        width: 14,
        height: 14,
        right: 9,
        top: 'calc(50% - 7px)',
        color: theme.vars.palette.text.tertiary,
      }),
    },
  },
  MuiMenu: {
    styleOverrides: {
      paper: ({ theme }) => ({
        borderRadius: 8,
        border: `1px solid ${theme.vars.palette.divider}`,
        boxShadow: '0 8px 24px -8px rgba(8, 12, 15, 0.28)',
        marginTop: 4,
        minWidth: 180,
      }),
      list: { padding: 4 },
    },
  },
  MuiMenuItem: {
    styleOverrides: {
      root: {
        fontSize: '0.8125rem',
        borderRadius: 5,
        minHeight: 32,
        padding: '5px 10px',
        gap: 10,
        '& svg': { width: 15, height: 15, flexShrink: 0 },
        '@media (pointer: coarse)': { minHeight: 44 },
      },
    },
  },
  MuiDialog: {
    styleOverrides: {
      paper: ({ theme }) => ({
        borderRadius: 10,
        border: `1px solid ${theme.vars.palette.divider}`,
        boxShadow: '0 24px 64px -16px rgba(8, 12, 15, 0.4)',
      }),
    },
  },
  MuiBackdrop: {
    styleOverrides: {
      root: { '&:not(.MuiBackdrop-invisible)': { backgroundColor: 'rgba(10, 14, 17, 0.48)' } },
    },
  },
  MuiDialogTitle: {
    styleOverrides: { root: { padding: '20px 24px 4px', fontSize: '1rem', fontWeight: 600 } },
  },
  MuiDialogContent: { styleOverrides: { root: { padding: '8px 24px 16px' } } },
  MuiDialogActions: { styleOverrides: { root: { padding: '12px 24px 20px', gap: 8 } } },
  // Heads for screen readers only are placed absolutely: they scroll with their table, or they widen the page.
  MuiTableContainer: { styleOverrides: { root: { position: 'relative' } } },
  MuiTableCell: {
    styleOverrides: {
      root: ({ theme }) => ({
        fontSize: '0.8125rem',
        padding: '9px 16px',
        borderColor: theme.vars.palette.divider,
        fontVariantNumeric: 'tabular-nums',
      }),
      head: ({ theme }) => ({
        color: theme.vars.palette.text.tertiary,
        fontWeight: 500,
        fontSize: '0.75rem',
        padding: '7px 16px',
        whiteSpace: 'nowrap',
        backgroundColor: theme.vars.palette.background.sunken,
      }),
    },
  },
  MuiLink: {
    defaultProps: { underline: 'hover' },
    styleOverrides: {
      root: ({ theme }) => ({
        color: theme.vars.palette.accent.main,
        textUnderlineOffset: 3,
        borderRadius: 3,
        '&:focus-visible': focusRing(theme),
      }),
    },
  },
  MuiTabs: {
    styleOverrides: {
      root: { minHeight: 38 },
      indicator: ({ theme }) => ({ height: 2, backgroundColor: theme.vars.palette.text.primary }),
    },
  },
  MuiTab: {
    styleOverrides: {
      root: ({ theme }) => ({
        minHeight: 38,
        minWidth: 0,
        padding: '8px 2px',
        marginRight: 22,
        color: theme.vars.palette.text.secondary,
        '&.Mui-selected': { color: theme.vars.palette.text.primary },
      }),
    },
  },
  MuiSwitch: {
    styleOverrides: {
      root: { width: 34, height: 20, padding: 0, overflow: 'visible' },
      switchBase: ({ theme }) => ({
        padding: 2,
        '&.Mui-checked': { transform: 'translateX(14px)', color: '#fff' },
        '&.Mui-checked + .MuiSwitch-track': { backgroundColor: theme.vars.palette.accent.main, opacity: 1 },
        '&.Mui-focusVisible + .MuiSwitch-track': focusRing(theme),
      }),
      thumb: { width: 16, height: 16, boxShadow: '0 1px 2px rgba(8, 12, 15, 0.3)', backgroundColor: '#fff' },
      track: ({ theme }) => ({
        borderRadius: 10,
        opacity: 1,
        backgroundColor: theme.vars.palette.text.tertiary,
      }),
    },
  },
  MuiAlert: { styleOverrides: { root: { borderRadius: 8, fontSize: '0.8125rem' } } },
  MuiSkeleton: { defaultProps: { animation: 'wave' }, styleOverrides: { root: { borderRadius: 4 } } },
  MuiLinearProgress: { styleOverrides: { root: { height: 4, borderRadius: 2 } } },
}
