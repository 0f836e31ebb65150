'use client'

import ToggleButton from '@mui/material/ToggleButton'
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup'
import { useColorScheme } from '@mui/material/styles'
import { DarkIcon, LightIcon, SystemIcon } from './icons.ts'

const schemes = [
  { mode: 'light', label: 'Light theme', Icon: LightIcon },
  { mode: 'dark', label: 'Dark theme', Icon: DarkIcon },
  { mode: 'system', label: 'As the system', Icon: SystemIcon },
] as const

/** Light, dark, or what the system says. Remembered by this browser only. */
export function SchemeSwitch() {
  // Undefined until the browser has taken over: what it remembers is not known to the server.
  const { mode, setMode } = useColorScheme()
  return (
    <ToggleButtonGroup exclusive size="small" value={mode ?? null} aria-label="Theme">
      {schemes.map(({ mode, label, Icon }) => (
        <ToggleButton
          key={mode}
          value={mode}
          aria-label={label}
          onClick={() => setMode(mode)}
          sx={{ border: 0, p: '5px', borderRadius: '5px !important', '& svg': { width: 14, height: 14 } }}
        >
          <Icon aria-hidden />
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
