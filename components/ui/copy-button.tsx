'use client'

import IconButton from '@mui/material/IconButton'
import { useEffect, useState } from 'react'
import { CheckIcon, CopyIcon } from './icons.ts'
import { visuallyHidden } from './visually-hidden.ts'
import { Tip } from './tip.tsx'

const confirmationMilliseconds = 2000

/** Copies a text and says so, to eyes and to screen readers; says so too when the browser refuses. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null)
  useEffect(() => {
    if (outcome === null) return undefined
    const timer = setTimeout(() => setOutcome(null), confirmationMilliseconds)
    return () => clearTimeout(timer)
  }, [outcome])
  const said = outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Select and copy it by hand' : label
  return (
    <>
      <Tip title={said}>
        <IconButton
          size="small"
          aria-label={label}
          onClick={() => {
            copyText(text).then(
              () => setOutcome('copied'),
              () => setOutcome('refused'),
            )
          }}
        >
          {outcome === 'copied' ? <CheckIcon aria-hidden /> : <CopyIcon aria-hidden />}
        </IconButton>
      </Tip>
      <output style={visuallyHidden}>{outcome ? said : ''}</output>
    </>
  )
}

/** The clipboard exists on https and loopback only; elsewhere the old way still works. */
async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  area.setAttribute('readonly', '')
  document.body.append(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  if (!isCopied) throw new Error('the browser refused to copy')
}
