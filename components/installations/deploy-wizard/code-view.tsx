'use client'

import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { unifiedMergeView } from '@codemirror/merge'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import Box from '@mui/material/Box'
import { useEffect, useRef } from 'react'
import { mono } from '#components/ui/theme-type.ts'

interface CodeViewProps {
  /** Names the text for assistive technology. */
  label: string
  text: string
  /** Shows what has changed since. */
  before?: string
}

/** YAML to read, or the difference between two. Loaded after the page: an editor weighs more than the form. */
export function CodeView({ label, text, before }: CodeViewProps) {
  const holder = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const scrolled = useRef(0)
  const latest = useRef(text)
  useEffect(() => {
    latest.current = text
    const current = view.current
    if (!current || current.state.doc.toString() === text) return
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: text } })
  }, [text])
  // What is folded away between two texts is settled when a view is made, so a difference is made anew.
  const compared = before === undefined ? undefined : text
  useEffect(() => {
    if (!holder.current) return undefined
    const created = new EditorView({
      parent: holder.current,
      doc: compared ?? latest.current,
      extensions: extensionsFor(label, before),
    })
    created.scrollDOM.scrollTop = scrolled.current
    view.current = created
    return () => {
      scrolled.current = created.scrollDOM.scrollTop
      created.destroy()
    }
  }, [label, before, compared])
  return <Box ref={holder} sx={{ minWidth: 0, '& .cm-editor': { maxHeight: 'min(62vh, 640px)' } }} />
}

function extensionsFor(label: string, before: string | undefined): Extension[] {
  return [
    yaml(),
    syntaxHighlighting(colours),
    lineNumbers(),
    appearance,
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    // Scrolled with the keyboard, so it can take the focus although nothing can be typed.
    EditorView.contentAttributes.of({
      'aria-label': label,
      role: 'textbox',
      'aria-readonly': 'true',
      tabindex: '0',
    }),
    EditorView.cspNonce.of(findNonce()),
    ...(before === undefined
      ? []
      : [
          unifiedMergeView({
            original: before,
            mergeControls: false,
            collapseUnchanged: { margin: 3, minSize: 6 },
          }),
        ]),
  ]
}

/** The page's own scripts carry the nonce its policy asks of style sheets too. */
function findNonce(): string {
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''
}

const colour = (name: string) => `var(--windlass-palette-${name})`

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: colour('accent-main') },
  { tag: [tags.string, tags.content], color: colour('text-primary') },
  { tag: [tags.number, tags.bool, tags.null], color: colour('info-main') },
  { tag: [tags.comment, tags.meta, tags.separator, tags.punctuation], color: colour('text-tertiary') },
])

const appearance = EditorView.theme({
  '&': { fontSize: '0.75rem', backgroundColor: 'transparent', color: colour('text-primary') },
  '&.cm-focused': { outline: `2px solid ${colour('accent-main')}`, outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: mono, lineHeight: '1.6' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    color: colour('text-tertiary'),
    border: 'none',
  },
  '.cm-changedLine, &.cm-merge-b .cm-changedLine': { backgroundColor: colour('success-light') },
  '.cm-changedText, &.cm-merge-b .cm-changedText': {
    background: `color-mix(in srgb, ${colour('success-main')} 24%, transparent)`,
  },
  '.cm-deletedChunk': { backgroundColor: colour('error-light'), paddingLeft: '6px' },
  '.cm-deletedChunk .cm-deletedText': {
    background: `color-mix(in srgb, ${colour('error-main')} 24%, transparent)`,
  },
  '.cm-collapsedLines': {
    background: colour('background-sunken'),
    color: colour('text-tertiary'),
    padding: '4px 8px',
    // The sign of the library's own theme is in few fonts.
    '&:before, &:after': { content: '"···"' },
  },
})
