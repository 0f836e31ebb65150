import Button from '@mui/material/Button'
import Link from '@mui/material/Link'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { Draft } from './draft.ts'
import { Notice } from './notice.tsx'

/** After a reload: what was typed is back, and what is not. */
export function RestoredNotice({ draft, onDiscard }: { draft: Draft; onDiscard: () => void }) {
  return (
    <Notice
      tone="info"
      title="Your draft is back"
      actions={
        <Button size="small" onClick={onDiscard}>
          Discard draft
        </Button>
      }
    >
      Kept in this browser <RelativeTime at={draft.savedAt} />.{' '}
      {draft.leftOutSecrets && 'Secret values are never kept in a draft: type them again.'}
    </Notice>
  )
}

/** Beside the button, always: whether a reload would lose anything. */
export function DraftNote({ isKept, onDiscard }: { isKept: boolean; onDiscard: () => void }) {
  if (!isKept) return <>Nothing happens before you press the button.</>
  return (
    <>
      Draft kept in this browser, without secret values.{' '}
      <Link component="button" type="button" variant="caption" onClick={onDiscard}>
        Discard draft
      </Link>
    </>
  )
}
